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
}
