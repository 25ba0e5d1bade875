using System.Text;

namespace GlmStudio.Engine.Transcription;

/// <summary>The printed text of a page.</summary>
/// <param name="Width">Width of the page as given, in pixels.</param>
/// <param name="Height">Height of the page as given, in pixels.</param>
/// <param name="Lines">Lines in reading order; empty for a page without text.</param>
public sealed record Transcript(int Width, int Height, IReadOnlyList<TranscriptLine> Lines)
{
    /// <summary>Stands between two lines of a row in <see cref="ToText"/>.</summary>
    public const string CellSeparator = "  ";

    /// <summary>One row of the page a text line, top to bottom; the lines of a row are joined by <see cref="CellSeparator"/>.</summary>
    public string ToText()
    {
        var text = new StringBuilder();
        for (var i = 0; i < Lines.Count; i++)
        {
            if (i > 0) text.Append(Lines[i].Row == Lines[i - 1].Row ? CellSeparator : "\n");
            text.Append(Lines[i].Text);
        }
        return text.ToString();
    }

    /// <summary>The page turned by quarters so that most of its text runs from left to right; as it is where it does already. Order and rows stay.</summary>
    public Transcript Upright()
    {
        var quarters = Lines.GroupBy(l => (int)Math.Round(-l.Angle / 90) & 3).OrderByDescending(g => g.Sum(l => l.Text.Length)).FirstOrDefault()?.Key ?? 0;
        if (quarters == 0) return this;
        var lines = Lines.Select(l => l with
        {
            Box = PagePixels.TurnBack(l.Box, 4 - quarters),
            Angle = Math.IEEERemainder(l.Angle + 90 * quarters, 360),
            CharacterBoxes = [.. l.CharacterBoxes.Select(b => PagePixels.TurnBack(b, 4 - quarters))],
        });
        return quarters == 2 ? new Transcript(Width, Height, [.. lines]) : new Transcript(Height, Width, [.. lines]);
    }
}
