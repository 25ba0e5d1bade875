namespace GlmStudio.Engine.Scheduling;

/// <summary>One request as the scheduler sees it: how long it is, how far it is, and where its cache lies.</summary>
internal sealed class Sequence(int promptLength, int maxNewTokens)
{
    public int PromptLength { get; } = promptLength;

    /// <summary>New tokens after which it ends.</summary>
    public int MaxNewTokens { get; } = maxNewTokens;

    /// <summary>Its slot of the cache once admitted.</summary>
    public int Slot { get; set; } = -1;

    /// <summary>Tokens that are read before the next one is chosen: the prompt, and what was answered before it was put back.</summary>
    public int ToRead { get; private set; } = promptLength;

    /// <summary>Of these, tokens whose keys and values are in the cache.</summary>
    public int Prefilled { get; set; }

    /// <summary>Tokens chosen so far. The last one is not in the cache until the step after it.</summary>
    public int Generated { get; set; }

    /// <summary>Tokens before the last one that are not in the cache either: text that was certain and is fed ahead with it in one step.</summary>
    public int Ahead { get; set; }

    public bool IsPrefilled => Prefilled == ToRead;

    /// <summary>Tokens in the cache: the next one that is written goes to this place of its slot.</summary>
    public int Cached => Prefilled + Math.Max(0, PromptLength + Generated - ToRead - 1 - Ahead);

    /// <summary>Set from any thread when nobody waits for the answer any more.</summary>
    public bool IsCancelled { get; set; }

    /// <summary>Gives its slot away. What it has answered stays and is read again, as if it had been asked with it.</summary>
    public void PutBack() => (Slot, ToRead, Prefilled, Ahead) = (-1, PromptLength + Generated, 0, 0);
}
