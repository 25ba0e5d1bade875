namespace GlmStudio.Engine;

/// <summary>How sure a model was of the tokens that write one value. Logarithms are natural; tokens that the answer's form left no choice about are not counted.</summary>
/// <remarks>For a value that is not on the page (null) the tokens are those of the word <c>null</c>.</remarks>
public sealed record ReadingEvidence
{
    /// <summary>Tokens the model chose for the value; at least 1, except where only <see cref="Presence"/> is known: then 0.</summary>
    public int Tokens { get; init; }

    /// <summary>Sum of their log-probabilities among the whole vocabulary; at most 0.</summary>
    public double LogProbability { get; init; }

    /// <summary>Sum of their log-probabilities among what the form permitted; at most 0. Equal to <see cref="LogProbability"/> where the answer has no form.</summary>
    public double PermittedLogProbability { get; init; }

    /// <summary>Log-probability, among what the form permitted, of the token that decided whether there is a value at all: of beginning one, or of null; at most 0. Null
    /// where the form left no choice.</summary>
    public double? Presence { get; init; }

    /// <summary>Entropy in nats at the first chosen token of the value; at least 0.</summary>
    public double FirstEntropy { get; init; }

    /// <summary>The lowest <see cref="ChosenToken.Margin"/> of the tokens, in nats; null where none had an alternative.</summary>
    public double? Margin { get; init; }

    /// <summary>What would have stood in place of the least certain token: the text of its likeliest alternative, up to 32 characters; null where that is no text.</summary>
    public string? Second { get; init; }
}
