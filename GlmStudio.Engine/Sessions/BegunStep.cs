namespace GlmStudio.Engine.Sessions;

/// <summary>A step that a card has begun on its own, with the tokens that it chose.</summary>
/// <param name="slots">Slots that run.</param>
internal sealed class BegunStep(int slots)
{
    private readonly Dictionary<int, (int Token, int Place)> _rows = [];

    /// <summary>Slots that run, from the first on.</summary>
    public int Slots => slots;

    /// <summary>A sequence goes on in a slot.</summary>
    public void Add(int slot, int token, int place) => _rows[slot] = (token, place);

    /// <summary>Whether it is the step that is wanted. Slots of others may run along: the place that they write to is written again before it is read.</summary>
    public bool Has(IReadOnlyList<SequenceTensors?> rows, int firstSlot, IReadOnlyList<int> starts) => rows.Index().All(r => r.Item is null
        || (_rows.TryGetValue(firstSlot + r.Index, out var begun) && begun == (r.Item.Ids[starts[r.Index]], starts[r.Index])));
}
