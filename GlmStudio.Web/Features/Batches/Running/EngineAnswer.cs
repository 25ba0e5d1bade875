using System.Text;
using GlmStudio.Engine;
using GlmStudio.Web.Domain.Answers;

namespace GlmStudio.Web.Features.Batches.Running;

/// <summary>An engine's whole answer to one request.</summary>
/// <param name="IsCut">Whether the token limit cut it off.</param>
internal sealed record EngineAnswer(string Text, IReadOnlyList<FieldReading> Readings, bool IsCut)
{
    /// <summary>Its tokens; none from an engine without.</summary>
    public IReadOnlyList<ChosenToken> Tokens { get; init; } = [];

    /// <summary>Asks, and waits no longer than the token allows, even for an engine that does not listen.</summary>
    public static Task<EngineAnswer> OfAsync(IGlmEngine engine, GlmRequest request, CancellationToken cancellation) =>
        // Task.Run: an engine may compute before its first await. WaitAsync: one that does not listen holds up nobody.
        Task.Run(() => CollectAsync(engine, request, cancellation), cancellation).WaitAsync(cancellation);

    private static async Task<EngineAnswer> CollectAsync(IGlmEngine engine, GlmRequest request, CancellationToken cancellation)
    {
        var text = new StringBuilder();
        List<ChosenToken> tokens = [];
        IReadOnlyList<FieldReading> readings = [];
        FinishReason? finish = null;
        await foreach (var update in engine.GenerateAsync(request, cancellation))
        {
            text.Append(update.Delta);
            tokens.AddRange(update.Tokens);
            if (update.Readings.Count > 0) readings = update.Readings;
            finish = update.Finish ?? finish;
        }
        return new EngineAnswer(AnswerText.Storable(text.ToString()), readings, finish == FinishReason.Length) { Tokens = tokens };
    }
}
