using GlmStudio.Engine;
using GlmStudio.Engine.Transcription;

namespace GlmStudio.Tests.Engine.Values;

/// <summary>Monospaced text as a page: two spaces part two lines of a row, as detection parts them; a leading ^ doubles a row's height.</summary>
internal static class PageLayout
{
    private const double CharacterWidth = 10;
    private const double RowHeight = 26;
    private const double TextHeight = 18;

    public static Transcript Of(string text)
    {
        var rows = text.ReplaceLineEndings("\n").Split('\n');
        var width = 40 + rows.Max(r => Columns(r)) * CharacterWidth;
        var height = 40 + rows.Length * RowHeight;
        List<TranscriptLine> lines = [];
        var y = 20.0;
        for (var row = 0; row < rows.Length; row++)
        {
            var isBig = rows[row].StartsWith('^');
            foreach (var (start, part) in Parts(isBig ? rows[row][1..] : rows[row]))
            {
                var x = 20 + Columns(rows[row][..start]) * CharacterWidth;
                var box = new PageBox(x / width, y / height, Columns(part) * CharacterWidth / width, (isBig ? 1.6 : 1) * TextHeight / height);
                lines.Add(new TranscriptLine { Text = part, Box = box, Score = 0.97, Row = row });
            }
            y += RowHeight;
        }
        return new Transcript((int)width, (int)height, lines);
    }

    private static IEnumerable<(int Start, string Part)> Parts(string row)
    {
        for (var start = 0; start < row.Length;)
        {
            while (start < row.Length && row[start] == ' ') start++;
            var end = row.IndexOf("  ", start, StringComparison.Ordinal) is var gap and >= 0 ? gap : row.Length;
            if (end > start && row[start..end].Trim() is { Length: > 0 } part) yield return (start, part);
            start = end;
        }
    }

    /// <summary>Chinese characters take two columns.</summary>
    private static int Columns(string text) => text.Sum(c => c >= '\u2E80' ? 2 : 1);
}
