using System.Text.Json;
using System.Text.Json.Nodes;
using GlmStudio.Engine.Text.Grammars;

namespace GlmStudio.Engine.Text.Schemas;

/// <summary>The pieces of JSON as rules: texts, numbers, arrays and objects, and the white space between them.</summary>
/// <param name="book">Makes the rules.</param>
/// <param name="texts">Texts between quotes.</param>
/// <param name="limits">Bounds where nothing else gives any.</param>
internal sealed class JsonRules(RuleBook book, TextRules texts, SchemaLimits limits)
{
    private readonly Rule _space = limits.WhiteSpace == 0 ? Rules.End
        : book.Repeat(book.Byte(ByteSet.Of((byte)' ') | ByteSet.Of((byte)'\n') | ByteSet.Of((byte)'\t')), 0, limits.WhiteSpace);

    private readonly Rule _quote = book.Text("\"");

    private readonly Lazy<Rule> _anyNumber = new(() =>
        NumberRules.Between(book, new NumberBound(decimal.MinValue), new NumberBound(decimal.MaxValue), NumberRules.MostFraction));

    public Rule Null { get; } = book.Text("null");

    public Rule Boolean { get; } = book.Choice(book.Text("true"), book.Text("false"));

    /// <summary>A text whose characters a rule describes.</summary>
    public Rule Quoted(Rule characters) => book.Sequence(_quote, characters, _quote);

    /// <summary>Exactly this value, written in the fixed form.</summary>
    public Rule Exactly(JsonNode? value) => book.Text(Written(value));

    /// <summary>Items in order, of which at least <paramref name="fewest"/> and at most <paramref name="most"/> are there.</summary>
    /// <param name="first">The first items, each with its own rule.</param>
    /// <param name="others">The items after them.</param>
    /// <param name="fewest">Fewest items.</param>
    /// <param name="most">Most items.</param>
    public Rule Array(IReadOnlyList<Rule> first, Rule others, int fewest, int most)
    {
        Rule Item(int i) => i < first.Count ? first[i] : others;
        var own = Math.Max(1, Math.Min(first.Count, most));
        // From the end: what may follow i items. All after the own ones are alike.
        var rest = book.Repeat(book.Sequence(Comma, others), Math.Max(0, fewest - own), Math.Max(0, most - own));
        for (var i = own - 1; i > 0; i--)
        {
            var more = book.Sequence(Comma, Item(i), rest);
            rest = fewest > i ? more : book.Choice(Rules.End, more);
        }
        var items = book.Sequence(Item(0), rest, _space);
        return book.Sequence(book.Text("["), _space, most == 0 ? Rules.End : fewest > 0 ? items : book.Optional(items), book.Text("]"));
    }

    /// <summary>Named values in order; those that are not required may be left out.</summary>
    public Rule Object(IReadOnlyList<(string Name, Rule Value, bool IsRequired)> properties)
    {
        // From the end: what may follow where something was written before, and where nothing was.
        var (after, alone) = (Rules.End, Rules.End);
        for (var i = properties.Count - 1; i >= 0; i--)
        {
            var (name, value, isRequired) = properties[i];
            var written = book.Sequence(Key(book.Sequence(_quote, texts.Characters.Text(name), _quote)), value, after);
            var (next, first) = (book.Sequence(Comma, written), book.Sequence(written, _space));
            (after, alone) = isRequired ? (next, first) : (book.Choice(after, next), book.Choice(alone, first));
        }
        return book.Sequence(book.Text("{"), _space, alone, book.Text("}"));
    }

    /// <summary>Any value, with so many levels of arrays and objects.</summary>
    public Rule Any(int depth)
    {
        var scalar = book.Choice(Null, Boolean, _anyNumber.Value, Quoted(texts.Free(0, limits.MostCharacters)));
        return depth == 0 ? scalar : book.Choice(scalar, AnyObject(depth), Array([], Any(depth - 1), 0, limits.MostItems));
    }

    /// <summary>Any object; its values have one level less.</summary>
    public Rule AnyObject(int depth)
    {
        var pair = book.Sequence(Key(Quoted(texts.Free(1, limits.MostCharacters))), Any(depth - 1));
        var pairs = book.Sequence(pair, book.Repeat(book.Sequence(Comma, pair), 0, limits.MostItems - 1), _space);
        return book.Sequence(book.Text("{"), _space, book.Optional(pairs), book.Text("}"));
    }

    private Rule Comma => limits.WhiteSpace == 0 ? book.Text(", ") : book.Sequence(_space, book.Text(","), _space);

    private Rule Key(Rule quoted) => book.Sequence(quoted, limits.WhiteSpace == 0 ? book.Text(": ") : book.Sequence(book.Text(":"), _space));

    /// <summary>A value as the fixed form writes it.</summary>
    public static string Written(JsonNode? value) => value switch
    {
        null => "null",
        JsonObject pairs => $"{{{string.Join(", ", pairs.Select(p => $"\"{CharacterRules.JsonText(p.Key)}\": {Written(p.Value)}"))}}}",
        JsonArray list => $"[{string.Join(", ", list.Select(Written))}]",
        _ when value.GetValueKind() == JsonValueKind.String => $"\"{CharacterRules.JsonText(value.GetValue<string>())}\"",
        _ => value.ToJsonString(),
    };
}
