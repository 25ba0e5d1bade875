using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace GlmStudio.Web.Features.Schedules.Messages;

/// <summary>Cuts a text into parts that fit a limit of bytes: between lines where it can, within a line where it must, never within a character.</summary>
internal static class MessageSplit
{
    /// <param name="text">The whole text.</param>
    /// <param name="maxBytes">Most bytes of one part, written as a JSON text in UTF-8.</param>
    /// <returns>The parts in order; together they hold every character of the text but the line breaks at which it was cut.</returns>
    public static IReadOnlyList<string> Cut(string text, int maxBytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxBytes, 16);
        var (parts, part, size) = (new List<string>(), new StringBuilder(), 0);
        foreach (var line in text.Split('\n').SelectMany((l, i) => Pieces(l, maxBytes).Select((p, j) => (Text: p, Break: i > 0 && j == 0))))
        {
            var bytes = Size(line.Text);
            var glue = part.Length > 0 && line.Break ? "\n" : "";
            if (part.Length > 0 && size + Size(glue) + bytes > maxBytes)
            {
                parts.Add(part.ToString());
                part.Clear();
                (size, glue) = (0, "");
            }
            part.Append(glue).Append(line.Text);
            size += Size(glue) + bytes;
        }
        if (part.Length > 0 || parts.Count == 0) parts.Add(part.ToString());
        return parts;
    }

    /// <summary>Bytes of a text inside a JSON document.</summary>
    public static int Size(string text) => JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes.Length;

    // A line that is too long by itself.
    private static IEnumerable<string> Pieces(string line, int maxBytes)
    {
        if (Size(line) <= maxBytes)
        {
            yield return line;
            yield break;
        }
        var (piece, size) = (new StringBuilder(), 0);
        foreach (var rune in line.EnumerateRunes())
        {
            var bytes = Size(rune.ToString());
            if (size + bytes > maxBytes)
            {
                yield return piece.ToString();
                piece.Clear();
                size = 0;
            }
            piece.Append(rune);
            size += bytes;
        }
        if (piece.Length > 0) yield return piece.ToString();
    }
}
