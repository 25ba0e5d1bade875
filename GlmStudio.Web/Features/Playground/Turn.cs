using System.Text;
using GlmStudio.Engine;
using GlmStudio.Web.Domain.Rules;

namespace GlmStudio.Web.Features.Playground;

/// <summary>A picture of the visit.</summary>
/// <param name="Name">The file's name.</param>
/// <param name="Bytes">The file.</param>
/// <param name="Preview">Where the browser has it; empty where browsers do not show its format.</param>
public sealed record PickedPicture(string Name, byte[] Bytes, string Preview);

/// <summary>One question of the visit and its answer as it grows.</summary>
public sealed class Turn
{
    private readonly StringBuilder _text = new();

    public required string Question { get; init; }
    public required string Engine { get; init; }

    /// <summary>The template's name and version, or null for a free question.</summary>
    public string? Template { get; init; }

    /// <summary>Whether the engine is given the pictures' printed text.</summary>
    public Grounding Grounding { get; init; }

    /// <summary>How the answer to a template is written.</summary>
    public AnswerLayout Layout { get; init; } = AnswerLayout.Json;

    public IReadOnlyList<PickedPicture> Pictures { get; init; } = [];
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>Types of the asked fields by key.</summary>
    public IReadOnlyDictionary<string, FieldType> Types { get; init; } = new Dictionary<string, FieldType>();

    /// <summary>The question rule that asks it as fields, in short; null: none.</summary>
    public string? Rule { get; init; }

    /// <summary>The values under the template's rules, once the answer is whole; empty where there are no rules.</summary>
    public IReadOnlyList<RuledValue> Ruled { get; set; } = [];

    public string Text => _text.ToString();
    public bool IsRunning { get; set; } = true;
    public bool WasStopped { get; set; }
    public string? Error { get; set; }
    public FinishReason? Finish { get; private set; }
    public TokenUsage? Usage { get; private set; }
    public IReadOnlyList<FieldReading> Readings { get; private set; } = [];

    /// <summary>Time to the first text, and the whole time.</summary>
    public TimeSpan? FirstText { get; private set; }
    public TimeSpan Elapsed { get; private set; }

    /// <summary>Tokens a second from the question to the end.</summary>
    public double? TokensPerSecond => Usage is { CompletionTokens: > 0 } usage && Elapsed > TimeSpan.Zero ? usage.CompletionTokens / Elapsed.TotalSeconds : null;

    public void Add(TextUpdate update, TimeSpan elapsed)
    {
        _text.Append(update.Delta);
        if (update.Delta is not "") FirstText ??= elapsed;
        Elapsed = elapsed;
        Finish = update.Finish ?? Finish;
        Usage = update.Usage ?? Usage;
        if (update.Readings.Count > 0) Readings = update.Readings;
    }
}
