namespace GlmStudio.Engine.Text.Grammars;

/// <summary>What compiling one grammar may cost, whoever sent it: counted work instead of the clock, so that the same grammar is always refused or never.</summary>
internal sealed class CompileBudget
{
    /// <summary>Derivatives and parts; a core does this many in under 200 ms.</summary>
    public const long MostSteps = 200_000;

    /// <summary>Memory held by rules and tables.</summary>
    public const long MostBytes = 48L << 20;

    private long _steps;
    private long _bytes;

    /// <summary>Books work about to be done.</summary>
    /// <exception cref="GrammarTooLargeException">It is too much.</exception>
    public void Spend(long steps)
    {
        if ((_steps += steps) > MostSteps) throw new GrammarTooLargeException("working it out takes too long; write it shorter, or with smaller counts");
    }

    /// <summary>Books memory about to be held.</summary>
    /// <exception cref="GrammarTooLargeException">It is too much.</exception>
    public void Hold(long bytes)
    {
        if ((_bytes += bytes) > MostBytes) throw new GrammarTooLargeException($"it takes more than {MostBytes >> 20} MB; write it shorter, or with smaller counts");
    }

    /// <summary>Gives memory back.</summary>
    public void Release(long bytes) => _bytes -= bytes;
}
