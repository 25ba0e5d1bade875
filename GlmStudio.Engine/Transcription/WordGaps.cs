namespace GlmStudio.Engine.Transcription;

/// <summary>Puts back the spaces between words that the network drops, by the white between the letters of the crop it read.</summary>
internal static class WordGaps
{
    // A crop is 48 pixels high. No font's word space is thinner than this there; most letters stand 1 to 4 apart.
    private const int LeastGap = 8;
    // A space is so much wider than the line's usual gap between letters, which is wide itself in typewriter faces and spaced capitals.
    private const double Wider = 2.2;
    private const double WiderBesideThin = 1.6;
    // Typewriter faces leave nearly a character's width of white around a 1, but its centre stands where every other does: within numbers,
    // dates and times a space also moves the centres apart, unless the white alone is wider than a character.
    private const double FartherInNumbers = 1.25;
    private const int PlainGapInNumbers = 22;
    private const double Ink = 0.3;
    private const string Thin = "il1I|";

    /// <summary>The characters with spaces added; only where neither neighbour is Chinese or a space already.</summary>
    /// <param name="seen">Characters in order.</param>
    /// <param name="plane">One colour plane of the crop, <see cref="LineCropper.Height"/> rows of <paramref name="stride"/> values.</param>
    /// <param name="stride">Length of a row.</param>
    /// <param name="width">Columns of the row that are drawn.</param>
    /// <param name="step">Columns in a time step.</param>
    public static List<SeenCharacter> Restore(List<SeenCharacter> seen, ReadOnlySpan<float> plane, int stride, int width, double step)
    {
        if (seen.Count < 2) return seen;
        var blank = BlankColumns(plane, stride, width);
        var gaps = new int[seen.Count - 1];
        for (var i = 0; i < gaps.Length; i++) gaps[i] = Widest(blank, seen[i].Centre * step, seen[i + 1].Centre * step);
        var least = Math.Max(LeastGap, Wider * Usual(seen, gaps) + 1);
        var leastBesideThin = Math.Max(least, WiderBesideThin * BesideThin(seen, gaps) + 1);
        var pitch = DigitPitch(seen);
        var spaced = new List<SeenCharacter> { seen[0] };
        for (var i = 0; i < gaps.Length; i++)
        {
            var needed = IsThinPair(seen, i) ? leastBesideThin : least;
            if (gaps[i] >= needed && (!IsInNumber(seen, i) || gaps[i] >= PlainGapInNumbers || Distance(seen, i) >= FartherInNumbers * pitch) && MayPart(seen, i))
                spaced.Add(new SeenCharacter(" ", Math.Min(seen[i].Score, seen[i + 1].Score), (seen[i].Centre + seen[i + 1].Centre) / 2));
            spaced.Add(seen[i + 1]);
        }
        return spaced;
    }

    /// <summary>The median gap between two letters or digits.</summary>
    private static double Usual(List<SeenCharacter> seen, int[] gaps)
    {
        var inner = Enumerable.Range(0, gaps.Length).Where(i => IsWord(seen[i]) && IsWord(seen[i + 1])).Select(i => gaps[i]).Order().ToList();
        return inner.Count == 0 ? 0 : inner[inner.Count / 2];
    }

    /// <summary>A small gap (the lower third) beside the line's thin letters: wide where all letters have the same room. 0 where too few tell.</summary>
    private static double BesideThin(List<SeenCharacter> seen, int[] gaps)
    {
        var beside = Enumerable.Range(0, gaps.Length).Where(i => IsThinPair(seen, i)).Select(i => gaps[i]).Order().ToList();
        return beside.Count < 2 ? 0 : beside[beside.Count / 3];
    }

    private static bool IsThinPair(List<SeenCharacter> seen, int i) =>
        IsWord(seen[i]) && IsWord(seen[i + 1]) && (Thin.Contains(seen[i].Text[0]) || Thin.Contains(seen[i + 1].Text[0]));

    /// <summary>The median distance of two neighbouring digits' centres; 0 where the line has none.</summary>
    private static double DigitPitch(List<SeenCharacter> seen)
    {
        var distances = Enumerable.Range(0, seen.Count - 1).Where(i => char.IsAsciiDigit(seen[i].Text[0]) && char.IsAsciiDigit(seen[i + 1].Text[0]))
            .Select(i => Distance(seen, i)).Order().ToList();
        return distances.Count == 0 ? 0 : distances[distances.Count / 2];
    }

    private static double Distance(List<SeenCharacter> seen, int i) => seen[i + 1].Centre - seen[i].Centre;

    private static bool IsInNumber(List<SeenCharacter> seen, int i) => IsNumeric(seen[i]) && IsNumeric(seen[i + 1]);

    private static bool IsNumeric(SeenCharacter c) => char.IsAsciiDigit(c.Text[0]) || c.Text[0] is '/' or '-' or ':' or '.' or ',';

    private static bool IsWord(SeenCharacter c) => char.IsAsciiLetterOrDigit(c.Text[0]);

    /// <summary>Whether a space may stand after character <paramref name="i"/>: typewriter faces leave white around the points of 16:05 and 8.10.</summary>
    private static bool MayPart(List<SeenCharacter> seen, int i)
    {
        if (!IsSpaced(seen[i]) || !IsSpaced(seen[i + 1]) || ".,:;!?)%'".Contains(seen[i + 1].Text[0])) return false;
        return !(i > 0 && ".,:".Contains(seen[i].Text[0]) && char.IsAsciiDigit(seen[i - 1].Text[0]) && char.IsAsciiDigit(seen[i + 1].Text[0]));
    }

    private static bool IsSpaced(SeenCharacter c) => c.Text[0] is > ' ' and < '\u2E80';

    private static int Widest(bool[] blank, double from, double to)
    {
        int widest = 0, run = 0;
        for (var x = Math.Max(0, (int)from); x < Math.Min(blank.Length, (int)to); x++)
        {
            run = blank[x] ? run + 1 : 0;
            widest = Math.Max(widest, run);
        }
        return widest;
    }

    /// <summary>Columns whose darkest and lightest pixel differ little, measured by the line's own contrast.</summary>
    private static bool[] BlankColumns(ReadOnlySpan<float> plane, int stride, int width)
    {
        const int Edge = LineCropper.Height / 8; // neighbouring lines reach into the outermost rows
        float[] lowest = new float[width], highest = new float[width];
        Array.Fill(lowest, float.MaxValue);
        Array.Fill(highest, float.MinValue);
        for (var y = Edge; y < LineCropper.Height - Edge; y++)
        {
            var row = plane.Slice(y * stride, width);
            for (var x = 0; x < width; x++)
            {
                lowest[x] = Math.Min(lowest[x], row[x]);
                highest[x] = Math.Max(highest[x], row[x]);
            }
        }
        var contrasts = new float[width];
        for (var x = 0; x < width; x++) contrasts[x] = highest[x] - lowest[x];
        var limit = Ink * contrasts.Order().ElementAt(width * 9 / 10);
        return Array.ConvertAll(contrasts, c => c < limit);
    }
}
