namespace GlmStudio.Engine.Scheduling;

/// <summary>Whether there is memory for one more sequence, from what the device says it has free.</summary>
/// <remarks>As many as have run at once already are let in without asking: the runtime keeps the memory that it once took, so that the device counts it as used.</remarks>
/// <param name="bytesPerToken">Keys and values of a token.</param>
/// <param name="free">Bytes that are free now; null where nothing says.</param>
internal sealed class SequenceRoom(long bytesPerToken, Func<long?> free)
{
    private int _proven = 1;

    /// <summary>Whether this one may join those that run.</summary>
    public bool Has(Sequence next, IReadOnlyCollection<Sequence> running)
    {
        if (running.Count < _proven || free() is not { } bytes) return true;
        return Need(next) + running.Sum(s => Need(s) - s.Cached * bytesPerToken) <= bytes;
    }

    /// <summary>So many ran at once and found their memory.</summary>
    public void Prove(int running) => _proven = Math.Max(_proven, running);

    /// <summary>So many did not find it.</summary>
    public void Disprove(int running) => _proven = Math.Clamp(running - 1, 1, _proven);

    // The longest it may become.
    private long Need(Sequence sequence) => (sequence.PromptLength + sequence.MaxNewTokens) * bytesPerToken;
}
