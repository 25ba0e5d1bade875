namespace GlmStudio.Engine.Values;

/// <summary>The reader's stand-in for tokens: a run of at most four European letters or digits is one, every other visible character is one.</summary>
internal static class Pieces
{
    private const int LongestRun = 4;

    /// <summary>How many pieces a text has.</summary>
    public static int Count(string text) => Walk(text, int.MaxValue).Count;

    /// <summary>The text's first pieces.</summary>
    /// <returns>The text, and whether something had to go. Never half a surrogate pair.</returns>
    public static (string Text, bool IsCut) Cut(string text, int most)
    {
        var end = Walk(text, most).End;
        return end < text.Length ? (text[..end], true) : (text, false);
    }

    /// <summary>The text in a few parts of about the same length, for streaming.</summary>
    public static IEnumerable<string> Deltas(string text, int parts)
    {
        var size = Math.Max(16, (text.Length + parts - 1) / parts);
        for (var start = 0; start < text.Length;)
        {
            var end = Math.Min(text.Length, start + size);
            if (end < text.Length && char.IsLowSurrogate(text[end]))
                end++;
            yield return text[start..end];
            start = end;
        }
    }

    private static (int Count, int End) Walk(string text, int most)
    {
        var (count, run) = (0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsWhiteSpace(text[i]) || char.IsLowSurrogate(text[i]))
            {
                run = 0;
                continue;
            }
            run = char.IsLetterOrDigit(text[i]) && text[i] < '\u0250' ? run + 1 : 0;
            if (run > 1 && run <= LongestRun)
                continue;
            run = run > LongestRun ? 1 : run;
            if (count == most)
                return (count, i);
            count++;
        }
        return (count, text.Length);
    }
}
