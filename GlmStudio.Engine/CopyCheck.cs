using System.Text.Json.Nodes;

namespace GlmStudio.Engine;

/// <summary>Reads an answer once more and looks its copied values up in the page, blanks and line breaks apart: no value was invented.</summary>
/// <param name="fields">What was asked.</param>
/// <param name="lines">The page's lines.</param>
internal sealed class CopyCheck(IReadOnlyList<AskedField> fields, IReadOnlyList<string> lines)
{
    private readonly string _page = WithoutSpace(string.Concat(lines));

    public bool Accepts(string answer)
    {
        try
        {
            return JsonNode.Parse(answer) is JsonObject pairs && pairs.Select(p => p.Key).SequenceEqual(fields.Select(f => f.Key)) && fields.All(f => IsCopied(f, pairs[f.Key]));
        }
        catch (System.Text.Json.JsonException)
        {
            return false;
        }
    }

    private bool IsCopied(AskedField field, JsonNode? value) => (field.Type, value) switch
    {
        (_, null) => true,
        (FieldType.Choice, JsonValue chosen) => field.Choices.Contains(chosen.GetValue<string>()),
        (FieldType.YesNo, JsonValue) => true,
        (FieldType.List, JsonArray entries) => entries.All(e => e is JsonValue && Holds(e.GetValue<string>())),
        (_, JsonValue text) => Holds(text.GetValue<string>()),
        _ => false,
    };

    private bool Holds(string value) => _page.Contains(WithoutSpace(value), StringComparison.Ordinal);

    private static string WithoutSpace(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c) && !char.IsControl(c)));
}
