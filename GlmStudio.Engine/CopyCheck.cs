using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GlmStudio.Engine;

/// <summary>Looks an answer's copied values up in the page once more, blanks and line breaks apart save between digits: no value was invented, no number joined.</summary>
/// <param name="fields">What was asked.</param>
/// <param name="lines">The page's lines.</param>
internal sealed class CopyCheck(IReadOnlyList<AskedField> fields, IReadOnlyList<string> lines)
{
    private readonly string _page = Joined(string.Join('\n', lines));

    public bool Accepts(string answer)
    {
        try
        {
            return JsonNode.Parse(answer) is JsonObject pairs && fields.Where(f => f.IsCopied).All(f => IsCopied(pairs[f.Key]));
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private bool IsCopied(JsonNode? value) => value switch
    {
        null => true,
        JsonArray entries => entries.All(IsCopied),
        _ => value.GetValueKind() == JsonValueKind.String && Holds(value.GetValue<string>()),
    };

    /// <summary>Whether the page has a value.</summary>
    public bool Holds(string value) => _page.Contains(Joined(value), StringComparison.Ordinal);

    private static string Joined(string text)
    {
        var (joined, hadSpace) = (new StringBuilder(text.Length), false);
        foreach (var character in text)
        {
            if (char.IsWhiteSpace(character) || character < ' ')
            {
                hadSpace = true;
                continue;
            }
            if (hadSpace && joined.Length > 0 && IsDigit(joined[^1]) && IsDigit(character)) joined.Append(' ');
            joined.Append(character);
            hadSpace = false;
        }
        return joined.ToString();
    }

    private static bool IsDigit(char character) => character is (>= '0' and <= '9') or (>= '０' and <= '９');
}
