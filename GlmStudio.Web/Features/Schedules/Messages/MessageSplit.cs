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
        var (parts, part, size, isOpen) = (new List<string>(), new StringBuilder(), 0, false);
        foreach (var (piece, isNewLine) in text.Split('\n').SelectMany((line, i) => Pieces(line, maxBytes).Select((p, j) => (p, i > 0 && j == 0))))
        {
            var glue = isOpen && isNewLine ? "\n" : "";
            var bytes = Size(glue) + Size(piece);
            if (isOpen && size + bytes > maxBytes)
            {
                parts.Add(part.ToString());
                part.Clear();
                (size, glue, bytes) = (0, "", Size(piece));
            }
            part.Append(glue).Append(piece);
            (size, isOpen) = (size + bytes, true);
        }
        return [.. parts, part.ToString()];
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
