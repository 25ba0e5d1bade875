using System.Diagnostics;
using System.Numerics.Tensors;
using GlmStudio.Engine.Sessions;
using GlmStudio.Engine.Text.Masks;

namespace GlmStudio.Engine.Text;

/// <summary>Summaries of logits, as <c>Choice.cu</c> makes them on a card.</summary>
internal static class LogitSummaries
{
    /// <summary>Reads logits, and makes those impossible in place that are not permitted.</summary>
    /// <param name="logits">The model's logits.</param>
    /// <param name="permitted">Which tokens may come; null: all.</param>
    /// <exception cref="EngineException">They are damaged, or none is permitted.</exception>
    public static LogitSummary Of(Span<float> logits, Func<Permission>? permitted)
    {
        var highest = TensorPrimitives.Max(logits);
        if (!float.IsFinite(highest)) throw Damaged();
        var spread = Spread.Of(logits, highest);
        var whole = spread.Normaliser;
        if (permitted is not null)
        {
            var started = Stopwatch.GetTimestamp();
            permitted().Apply(logits);
            EngineMeters.Mask.Record(Stopwatch.GetElapsedTime(started).TotalSeconds);
        }
        var (first, second) = Likeliest.Of(logits);
        if (permitted is not null) spread = Spread.Of(logits, logits[first], hasForbidden: true);
        return new LogitSummary(whole, spread.Normaliser, spread.Entropy, first, logits[first], second, second is { } next ? logits[next] : float.NegativeInfinity);
    }

    /// <summary>Throws where nothing can be chosen by a summary.</summary>
    public static LogitSummary Checked(this LogitSummary summary) =>
        !double.IsFinite(summary.Normaliser) ? throw Damaged() : float.IsNegativeInfinity(summary.FirstLogit) ? throw Spread.NothingPermitted() : summary;

    private static EngineException Damaged() => new(EngineFault.BadCheckpoint, "The model's logits are not finite numbers: the checkpoint or its conversion is damaged.");
}
