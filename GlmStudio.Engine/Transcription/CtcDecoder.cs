using System.Numerics;

namespace GlmStudio.Engine.Transcription;

/// <summary>Greedy Connectionist Temporal Classification (Graves 2006): the best class of each step; repeats merge, class 0 separates.</summary>
internal static class CtcDecoder
{
    /// <param name="probabilities">Steps × classes, row-major.</param>
    /// <param name="keys">The classes.</param>
    public static List<SeenCharacter> Decode(ReadOnlySpan<float> probabilities, KeyTable keys)
    {
        var seen = new List<SeenCharacter>();
        var steps = probabilities.Length / keys.Count;
        var (previous, from, peak, best) = (0, 0, 0, 0f);
        for (var step = 0; step <= steps; step++)
        {
            var (index, probability) = step < steps ? Best(probabilities.Slice(step * keys.Count, keys.Count)) : (0, 0f);
            if (index == previous)
            {
                if (probability > best) (best, peak) = (probability, step);
                continue;
            }
            if (previous != 0)
            {
                var shape = Shape(probabilities.Slice(peak * keys.Count, keys.Count), previous, keys);
                seen.Add(new SeenCharacter(keys[previous], best, (from + step) / 2.0) { Shape = shape });
            }
            (previous, from, peak, best) = (index, step, step, probability);
        }
        return seen;
    }

    private static (char, float)[]? Shape(ReadOnlySpan<float> row, int index, KeyTable keys)
    {
        if (keys.ShapeOf(index) is not { } members) return null;
        var shape = new (char, float)[members.Length];
        for (var i = 0; i < members.Length; i++) shape[i] = (keys[members[i]][0], row[members[i]]);
        return shape;
    }

    private static (int Index, float Value) Best(ReadOnlySpan<float> row)
    {
        var highest = Highest(row);
        for (var i = 0; i < row.Length; i++)
            if (row[i] == highest) return (i, highest);
        return (0, 0); // not a number anywhere
    }

    private static float Highest(ReadOnlySpan<float> row)
    {
        var lanes = new Vector<float>(float.MinValue);
        var i = 0;
        for (; i + Vector<float>.Count <= row.Length; i += Vector<float>.Count) lanes = Vector.Max(lanes, new Vector<float>(row[i..]));
        var highest = float.MinValue;
        for (var lane = 0; lane < Vector<float>.Count; lane++) highest = Math.Max(highest, lanes[lane]);
        for (; i < row.Length; i++) highest = Math.Max(highest, row[i]);
        return highest;
    }
}
