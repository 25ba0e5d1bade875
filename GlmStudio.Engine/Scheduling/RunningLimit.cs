namespace GlmStudio.Engine.Scheduling;

/// <summary>How many sequences run at once: halved where there was no memory, one more after a while without that.</summary>
/// <param name="most">Never more than these.</param>
internal sealed class RunningLimit(int most)
{
    /// <summary>Steps without a shortage before one more is let in; after each shortage twice as many, so that a limit that is the right one is seldom tried.</summary>
    public const int Patience = 256;

    private const int MostPatience = 1 << 16;

    private readonly int _most = most;
    private int _patience = Patience / 2;
    private int _calm;

    /// <summary>Sequences that may run at once.</summary>
    public int Count { get; private set; } = most;

    /// <summary>So many were too many.</summary>
    public void Halve(int running)
    {
        Count = Math.Max(1, running / 2);
        (_calm, _patience) = (0, Math.Min(MostPatience, 2 * _patience));
    }

    /// <summary>Books a step that found its memory.</summary>
    public void Calm()
    {
        if (Count == _most || ++_calm < _patience) return;
        Count++;
        _calm = 0;
    }
}
