using GlmStudio.Engine.Model;

namespace GlmStudio.Engine.Sessions;

/// <summary>Cosines and sines for every place of a sequence, so that the attention can turn queries and keys by the place they stand in.</summary>
/// <remarks>
/// Rotary attention sees only differences of positions. All positions of a sequence are therefore shifted by the same −Δ of <see cref="TokenPositions"/>: the tokens of
/// its answer then have their place as position, whatever pictures came before, and one table of the places serves all sequences that answer; only a prompt needs its own rows.
/// </remarks>
internal sealed class RotaryTable
{
    private readonly TextConfig _config;
    private readonly double[] _frequencies;

    /// <summary>The table of the places.</summary>
    /// <param name="config">The network.</param>
    /// <param name="capacity">Places of a sequence.</param>
    public RotaryTable(TextConfig config, int capacity)
    {
        (_config, _frequencies) = (config, RotaryAngles.Frequencies(config.RotaryTheta, config.RotarySize));
        int[] places = [.. Enumerable.Range(0, capacity)];
        Places = Rows(places, places, places);
    }

    /// <summary>Row i: position i on every axis. Arrays of [capacity, rotary/2].</summary>
    public (float[] Cos, float[] Sin) Places { get; }

    /// <summary>The first rows of a sequence's own table; computed once as far as the prompt goes.</summary>
    /// <param name="sequence">The sequence.</param>
    /// <param name="rows">Rows that are needed.</param>
    public (float[] Cos, float[] Sin) Of(SequenceTensors sequence, int rows)
    {
        var known = sequence.Angles ?? ([], []);
        var first = known.Cos.Length / Width;
        if (first >= rows) return known;
        int[] places = [.. Enumerable.Range(first, Math.Max(rows, sequence.PromptLength) - first)];
        var (time, height, width) = (new int[places.Length], new int[places.Length], new int[places.Length]);
        foreach (var (i, place) in places.Index()) (time[i], height[i], width[i]) = sequence.Position(place);
        var (cos, sin) = Rows(time, height, width);
        var angles = first == 0 ? (cos, sin) : ([.. known.Cos, .. cos], [.. known.Sin, .. sin]);
        sequence.Angles = angles;
        return angles;
    }

    /// <summary>Numbers of a row.</summary>
    public int Width => _frequencies.Length;

    private (float[] Cos, float[] Sin) Rows(int[] time, int[] height, int[] width)
    {
        var (cos, sin) = (new float[time.Length * Width], new float[time.Length * Width]);
        RotaryAngles.Text(_config, _frequencies, time, height, width, cos, sin);
        return (cos, sin);
    }
}
