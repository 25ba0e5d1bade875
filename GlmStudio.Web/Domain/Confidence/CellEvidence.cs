using GlmStudio.Engine;
using GlmStudio.Web.Domain.Answers;

namespace GlmStudio.Web.Domain.Confidence;

/// <summary>Who read a cell's value.</summary>
public enum ValueSource
{
    /// <summary>A checkpoint wrote it.</summary>
    Model,
    /// <summary>The reader found it on the page.</summary>
    Reader,
}

/// <summary>Everything known of how far to trust a cell's value, as it was when the row was answered. Logarithms are natural; null always means "not known".</summary>
public sealed class CellEvidence
{
    /// <summary>Longer texts are cut when they are stored.</summary>
    public const int MaxText = 200;

    public ValueSource Source { get; set; }

    /// <summary>Tokens the model chose for the value; forced ones are not counted.</summary>
    public int Tokens { get; set; }

    /// <summary>Sum of their log-probabilities among the whole vocabulary.</summary>
    public double? LogProbability { get; set; }

    /// <summary>The same among what the answer's form permitted.</summary>
    public double? PermittedLogProbability { get; set; }

    /// <summary>Log-probability of the token that decided between a value and null.</summary>
    public double? Presence { get; set; }

    /// <summary>Entropy in nats at the value's first token.</summary>
    public double? FirstEntropy { get; set; }

    /// <summary>Lowest difference to the second-best token, in nats.</summary>
    public double? Margin { get; set; }

    /// <summary>What that second-best token would have written.</summary>
    public string? Second { get; set; }

    /// <summary>The answering engine's own score, 0 … 1.</summary>
    public double? EngineScore { get; set; }

    /// <summary>How much of the value is printed where its box is, 0 … 1; 0 where the page does not show it.</summary>
    public double? Match { get; set; }

    /// <summary>The reader's score of the least certain line there, 0 … 1.</summary>
    public double? LineScore { get; set; }

    /// <summary>Whether the reader, asked as a second reading, gave the same value after the field's normalisation.</summary>
    public bool? ReaderAgrees { get; set; }

    /// <summary>The reader's value; null where it found none or was not asked (then <see cref="ReaderAgrees"/> is null too).</summary>
    public string? ReaderValue { get; set; }

    /// <summary>What the same engine read on a crop of the value's box; null where it was not asked again.</summary>
    public Confirmation? Confirmation { get; set; }

    /// <summary>Quality notes of the picture: <c>small</c>, <c>blurred</c>, <c>dark</c>, <c>bright</c>, <c>rotated</c>.</summary>
    public List<string> Quality { get; set; } = [];

    /// <summary>Whether the token limit cut the answer off.</summary>
    public bool IsCut { get; set; }

    /// <summary>What an engine's reading says of a value.</summary>
    /// <param name="source">Model or reader.</param>
    /// <param name="reading">The reading; null where the engine gave none for the field.</param>
    /// <param name="quality">The picture's notes.</param>
    /// <param name="isCut">Whether the answer was cut off.</param>
    public static CellEvidence Of(ValueSource source, FieldReading? reading, IReadOnlyList<string> quality, bool isCut) => new()
    {
        Source = source, Tokens = reading?.Evidence?.Tokens ?? 0, Presence = reading?.Evidence?.Presence, FirstEntropy = reading?.Evidence?.FirstEntropy,
        LogProbability = reading?.Evidence?.LogProbability, PermittedLogProbability = reading?.Evidence?.PermittedLogProbability,
        Margin = reading?.Evidence?.Margin, Second = reading?.Evidence?.Second, Match = reading?.Match, LineScore = reading?.LineScore,
        EngineScore = reading is { Value: not null } ? reading.Score : null, Quality = [.. quality], IsCut = isCut,
    };

    /// <summary>What is stored of a text: cut, never in the middle of a surrogate pair, and without what no database takes.</summary>
    public static string? Bounded(string? text) => text is null ? null
        : AnswerText.Storable(text.Length > MaxText ? text[..(char.IsHighSurrogate(text[MaxText - 1]) ? MaxText - 1 : MaxText)] : text);
}
