using System.Numerics.Tensors;

namespace GlmStudio.Engine.Text;

/// <summary>The two likeliest tokens; of equally likely ones the first. One look at all logits: vocabularies are large, and this is done for every token that is written.</summary>
/// <param name="First">The likeliest.</param>
/// <param name="Second">The next; null where every other is forbidden.</param>
internal readonly record struct Likeliest(int First, int? Second)
{
    private const int Block = 1024;

    /// <summary>Finds them among logits that are no NaN.</summary>
    public static Likeliest Of(ReadOnlySpan<float> logits)
    {
        // The highest of each block, then only blocks in which one of the two can be.
        var (highest, home) = (float.NegativeInfinity, 0);
        var (second, secondHome) = (float.NegativeInfinity, -1);
        for (var at = 0; at < logits.Length; at += Block)
        {
            var top = TensorPrimitives.Max(Part(logits, at));
            if (top > highest)
            {
                (second, secondHome) = (highest, home);
                (highest, home) = (top, at);
            }
            else if (top > second) (second, secondHome) = (top, at);
        }
        var first = home + Part(logits, home).IndexOf(highest);
        foreach (var (from, to) in ((int, int)[])[(home, first), (first + 1, Math.Min(home + Block, logits.Length))])
        {
            if (from >= to) continue;
            var top = TensorPrimitives.Max(logits[from..to]);
            // Of equal ones the earlier stands first.
            if (top > second || (top == second && from < secondHome)) (second, secondHome) = (top, from);
        }
        if (float.IsNegativeInfinity(second)) return new Likeliest(first, null);
        // Where it shares its block with the first, it stands on one side of it.
        var part = secondHome > first || secondHome + Block <= first ? Part(logits, secondHome) : logits[secondHome..Math.Max(first, secondHome)];
        return new Likeliest(first, secondHome + part.IndexOf(second));
    }

    private static ReadOnlySpan<float> Part(ReadOnlySpan<float> logits, int at) => logits.Slice(at, Math.Min(Block, logits.Length - at));
}
