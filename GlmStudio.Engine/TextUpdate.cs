namespace GlmStudio.Engine;

/// <summary>A piece of an answer as it grows.</summary>
/// <param name="Delta">New text since the last update; may be empty. Never half a character.</param>
public sealed record TextUpdate(string Delta)
{
    /// <summary>New text of the model's thinking, kept apart from the answer; may be empty.</summary>
    public string Thinking { get; init; } = "";

    /// <summary>The tokens behind this update with their log-probabilities, where the engine works with tokens.</summary>
    public IReadOnlyList<ChosenToken> Tokens { get; init; } = [];

    /// <summary>Why generation ended; set on the last update only.</summary>
    public FinishReason? Finish { get; init; }

    /// <summary>Where each asked field's value was found; set on the last update, where the engine knows it.</summary>
    public IReadOnlyList<FieldReading> Readings { get; init; } = [];

    /// <summary>Counts for the caller's bill; set on the last update.</summary>
    public TokenUsage? Usage { get; init; }
}

/// <summary>A generated token.</summary>
/// <param name="Id">Its id in the checkpoint's vocabulary.</param>
/// <param name="LogProbability">Natural logarithm of its probability before temperature and cuts; at most 0.</param>
public sealed record ChosenToken(int Id, double LogProbability)
{
    /// <summary>Logarithm of its probability among the tokens that the answer's form permitted; null where the answer has no form.</summary>
    public double? PermittedLogProbability { get; init; }

    /// <summary>Whether nothing else could come, so that the model was not asked; its probability is 1 then.</summary>
    public bool IsForced { get; init; }

    /// <summary>Entropy in nats of the distribution it was chosen from, what the form forbids left out, before temperature and cuts; at least 0.</summary>
    public double Entropy { get; init; }

    /// <summary>Its log-probability minus that of the likeliest other token that the form permitted, in nats; below 0 where chance took a less likely
    /// token. Null where no other was permitted.</summary>
    public double? Margin { get; init; }

    /// <summary>Id of that likeliest other token.</summary>
    public int? SecondId { get; init; }

    /// <summary>The UTF-8 bytes it adds to the answer, perhaps half a character; empty for marks that nobody sees and for thinking.</summary>
    public ReadOnlyMemory<byte> Bytes { get; init; }

    /// <summary>The bytes that <see cref="SecondId"/> would have added.</summary>
    public ReadOnlyMemory<byte> SecondBytes { get; init; }
}

/// <summary>Why generation ended.</summary>
public enum FinishReason
{
    /// <summary>The model said it was done.</summary>
    Stop,
    /// <summary>The token limit cut the answer off.</summary>
    Length,
}

/// <summary>Token counts of one request. The reader, which has no tokens, counts each Chinese character, sign, and run of up to four letters or digits.</summary>
public sealed record TokenUsage(int PromptTokens, int CompletionTokens);

/// <summary>A field's value with the evidence for it.</summary>
/// <param name="Key">The asked field's key.</param>
/// <param name="Value">The value, or null where the page does not show one.</param>
/// <param name="Box">Where it stands on the upright page, or null.</param>
/// <param name="Score">How well the page supports the value, 0 … 1; not calibrated.</param>
public sealed record FieldReading(string Key, string? Value, PageBox? Box, double Score)
{
    /// <summary>What the engine knows of how the value came about; null where it works without tokens or chose none of the value's.</summary>
    public ReadingEvidence? Evidence { get; init; }

    /// <summary>The reader's score of the least certain line that the box touches, 0 … 1; null without a box.</summary>
    public double? LineScore { get; init; }

    /// <summary>How much of the value is printed at the box, 0 … 1: 0 where the page was searched and does not show it; null where nobody searched.</summary>
    public double? Match { get; init; }
}

/// <summary>A rectangle on the upright page (after EXIF rotation), in fractions of its width and height, 0 … 1, from the top left.</summary>
public sealed record PageBox(double X, double Y, double Width, double Height);
