using System.Numerics;

namespace GlmStudio.Engine.Transcription;

/// <summary>A character as the network saw it.</summary>
/// <param name="Text">One character, one or two UTF-16 units.</param>
/// <param name="Score">Its highest probability, 0 … 1.</param>
/// <param name="Centre">Where it stands, in time steps.</param>
internal readonly record struct SeenCharacter(string Text, float Score, double Centre);

/// <summary>Greedy Connectionist Temporal Classification (Graves 2006): the best class of each step; repeats merge, class 0 separates.</summary>
internal static class CtcDecoder
{
    /// <param name="probabilities">Steps × classes, row-major.</param>
    /// <param name="keys">The classes.</param>
    public static List<SeenCharacter> Decode(ReadOnlySpan<float> probabilities, KeyTable keys)
    {
        var seen = new List<SeenCharacter>();
        var steps = probabilities.Length / keys.Count;
        var (previous, from) = (0, 0);
        var best = 0f;
        for (var step = 0; step <= steps; step++)
        {
            var (index, probability) = step < steps ? Best(probabilities.Slice(step * keys.Count, keys.Count)) : (0, 0f);
            if (index == previous)
            {
                best = Math.Max(best, probability);
                continue;
            }
            if (previous != 0) seen.Add(new SeenCharacter(keys[previous], best, (from + step) / 2.0));
            (previous, from, best) = (index, step, probability);
        }
        return seen;
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
