using System.Numerics.Tensors;

namespace GlmStudio.Engine.Text;

/// <summary>How the probability spreads over the tokens that are permitted.</summary>
/// <param name="Normaliser">Logarithm of the sum of the logits' exponentials: a logit minus it is a log-probability.</param>
/// <param name="Entropy">In nats; 0 where one token is certain.</param>
internal readonly record struct Spread(double Normaliser, double Entropy)
{
    // e⁻⁸⁷ is the smallest exponential that is not denormal, and too small to count: forbidden tokens (−∞) end here too, where −∞ · 0 would be no number.
    private const float Floor = -87;

    /// <summary>Reads logits once: with m the highest, S = Σ e^(x−m) and D = Σ e^(x−m)·(x−m), the normaliser is m + ln S and the entropy ln S − D ÷ S.</summary>
    /// <param name="logits">The logits.</param>
    /// <param name="highest">The highest of them.</param>
    /// <param name="hasForbidden">Whether many may be −∞: parts that hold nothing else are then passed over.</param>
    /// <exception cref="EngineException">Every token is forbidden.</exception>
    public static Spread Of(ReadOnlySpan<float> logits, float highest, bool hasForbidden = false)
    {
        if (float.IsNegativeInfinity(highest)) throw NothingPermitted();
        Span<float> distances = stackalloc float[1024], weights = stackalloc float[1024];
        var (sum, dot) = (0.0, 0.0);
        for (var at = 0; at < logits.Length; at += distances.Length)
        {
            var count = Math.Min(distances.Length, logits.Length - at);
            var part = logits.Slice(at, count);
            // Less than a sum of at least one can show.
            if (hasForbidden && TensorPrimitives.Max(part) - highest <= Floor) continue;
            Span<float> distance = distances[..count], weight = weights[..count];
            TensorPrimitives.Subtract(part, highest, distance);
            TensorPrimitives.Max(distance, Floor, distance);
            TensorPrimitives.Exp(distance, weight);
            sum += TensorPrimitives.Sum<float>(weight);
            dot += TensorPrimitives.Dot<float>(distance, weight);
        }
        return new Spread(highest + Math.Log(sum), Math.Max(0, Math.Log(sum) - (dot / sum)));
    }

    /// <summary>What to say where every token is forbidden.</summary>
    public static EngineException NothingPermitted() =>
        new(EngineFault.BadCheckpoint, "No token of the vocabulary keeps to the answer's form: tokenizer.json lacks tokens for some bytes.");
}
