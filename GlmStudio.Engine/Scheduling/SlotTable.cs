namespace GlmStudio.Engine.Scheduling;

/// <summary>Which sequence holds which slot of the cache. The lowest free slot is taken, so that running sequences stay close together.</summary>
internal sealed class SlotTable(int count)
{
    private readonly bool[] _taken = new bool[count];

    /// <summary>A slot, or null where all are taken.</summary>
    public int? Take()
    {
        var slot = Array.IndexOf(_taken, false);
        if (slot < 0) return null;
        _taken[slot] = true;
        return slot;
    }

    public void Free(int slot) => _taken[slot] = false;
}
