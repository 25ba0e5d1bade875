namespace GlmStudio.Engine.Scheduling;

/// <summary>Which waiting pictures go through the vision tower together. Not safe for concurrent use.</summary>
/// <remarks>The oldest goes next, and with it those that have as many patches: they are stacked, so each is computed as alone. Pictures of another size wait for the next run; none waits for
/// more to come.</remarks>
/// <typeparam name="T">The caller's picture.</typeparam>
/// <param name="budget">Most patches of one run; a picture that exceeds it goes alone.</param>
/// <param name="isPlanned">Whether each number of pictures in a run is planned anew, which takes longer than a run: then one, two, four and so on go together.</param>
internal sealed class PictureQueue<T>(int budget, bool isPlanned = false) where T : WaitingPicture
{
    /// <summary>Runs without a shortage before the budget of a shrunk queue is doubled.</summary>
    public const int Patience = 64;

    private readonly List<T> _waiting = [];
    private readonly int _most = budget;
    private int _calm;

    /// <summary>Most patches of one run.</summary>
    public int Budget { get; private set; } = budget;

    /// <summary>Whether there was no memory for all of its budget, and has not been since.</summary>
    public bool IsShrunk => Budget < _most;

    /// <summary>Pictures that wait.</summary>
    public int Waiting => _waiting.Count;

    public void Add(T picture) => _waiting.Add(picture);

    /// <summary>The pictures of the next run, oldest first; none where none waits.</summary>
    public IReadOnlyList<T> Next()
    {
        _waiting.RemoveAll(p => p.IsCancelled);
        if (_waiting.Count == 0) return [];
        var patches = _waiting[0].Patches;
        var group = _waiting.Where(p => p.Patches == patches).Take(Math.Max(1, Budget / Math.Max(1, patches))).ToList();
        if (isPlanned) group = group[..(1 << int.Log2(group.Count))];
        _waiting.RemoveAll(group.Contains);
        return group;
    }

    /// <summary>There was no memory for a group of several: it waits again, before all others, and runs are at most half as large from now on.</summary>
    public void Halve(IReadOnlyList<T> group)
    {
        Budget = Math.Clamp(group.Sum(p => p.Patches) / 2, 1, _most);
        _calm = 0;
        _waiting.InsertRange(0, group);
    }

    /// <summary>Books a run that found its memory.</summary>
    public void Calm()
    {
        if (!IsShrunk || ++_calm < Patience) return;
        Budget = (int)Math.Min(_most, 2L * Budget);
        _calm = 0;
    }

    /// <summary>Takes everything out.</summary>
    public IReadOnlyList<T> Clear()
    {
        List<T> all = [.. _waiting];
        _waiting.Clear();
        return all;
    }
}
