using System.Text.Json.Nodes;
using GlmStudio.Engine.Text.Grammars;

namespace GlmStudio.Engine.Text.Schemas;

/// <summary>JSON Schema → the rule of the values it allows, written in one form. What it cannot enforce it refuses, by keyword and place.</summary>
internal sealed class SchemaRules
{
    private const int MostDepth = 64;

    private static readonly string[] AllTypes = ["null", "boolean", "number", "string", "array", "object"];

    private readonly SchemaDocument _document;
    private readonly SchemaLimits _limits;
    private readonly RuleBook _book;
    private readonly TextRules _texts;
    private readonly JsonRules _json;
    private readonly CopiedPage? _page;
    private readonly List<string> _references = [];
    private readonly Dictionary<string, Rule> _known = [];
    private readonly Dictionary<(NumberBound, NumberBound, bool), Rule> _numbers = [];
    private int _depth;

    private SchemaRules(SchemaDocument document, SchemaLimits limits, RuleBook book, CompileBudget budget)
    {
        (_document, _limits, _book) = (document, limits, book);
        _texts = new TextRules(book, budget, isJson: true);
        _json = new JsonRules(book, _texts, limits);
        _page = limits.Page;
    }

    /// <summary>The values a schema allows.</summary>
    /// <exception cref="SchemaException">The schema is wrong or of an unsupported kind.</exception>
    /// <exception cref="GrammarTooLargeException">It takes too long or too much memory.</exception>
    public static Rule Of(JsonNode schema, SchemaLimits limits, RuleBook book, CompileBudget budget) =>
        new SchemaRules(new SchemaDocument(schema), limits, book, budget).Value(schema, "");

    private Rule Value(JsonNode? schema, string pointer)
    {
        if (schema is JsonValue value && value.TryGetValue<bool>(out var isAny))
            return isAny ? _json.Any(_limits.MostDepth) : throw new SchemaException("false", pointer, "this schema allows no value");
        if (schema is not JsonObject keywords) throw new SchemaException("schema", pointer, "a schema is an object, true or false");
        if (++_depth > MostDepth) throw new SchemaException("schema", pointer, $"schemas are nested more than {MostDepth} deep");
        SchemaKeywords.Check(keywords, pointer, _page is not null);
        var rule = Joined(keywords, pointer) is var (joined, place) && joined is null ? Reference(keywords, pointer) : Plain(joined!, place);
        _depth--;
        return rule;
    }

    /// <summary>A schema with its <c>allOf</c> joined in; null where it is nothing but a reference.</summary>
    private (JsonObject? Schema, string Pointer) Joined(JsonObject schema, string pointer)
    {
        if (schema.ContainsKey("$ref") && SchemaKeywords.Of(schema).Count() == 1) return (null, pointer);
        if (!schema.ContainsKey("allOf") && !schema.ContainsKey("$ref")) return (schema, pointer);
        var joined = (JsonObject)schema.DeepClone();
        joined.Remove("allOf");
        joined.Remove("$ref");
        if (schema.ContainsKey("$ref")) joined = SchemaMerger.Join(joined, Follow(schema, pointer), pointer);
        if (!schema.TryGetPropertyValue("allOf", out var all)) return (joined, pointer);
        foreach (var (i, member) in Members(all, "allOf", pointer).Index())
            joined = SchemaMerger.Join(joined, Member(member, SchemaDocument.Below(pointer, $"allOf/{i}").Replace("~1", "/", StringComparison.Ordinal)), pointer);
        return (joined, pointer);
    }

    // A member of allOf as one object of keywords.
    private JsonObject Member(JsonNode? member, string pointer)
    {
        if (member is JsonValue value && value.TryGetValue<bool>(out var isAny) && isAny) return [];
        if (member is not JsonObject keywords) throw new SchemaException("allOf", pointer, "this member allows no value or is no schema");
        SchemaKeywords.Check(keywords, pointer, _page is not null);
        return Joined(keywords, pointer).Schema ?? Follow(keywords, pointer);
    }

    private JsonObject Follow(JsonObject schema, string pointer)
    {
        var (target, place) = Enter(schema, pointer);
        var member = Member(target, place);
        _references.RemoveAt(_references.Count - 1);
        return member;
    }

    private Rule Reference(JsonObject schema, string pointer)
    {
        var (target, place) = Enter(schema, pointer);
        if (!_known.TryGetValue(place, out var rule)) _known[place] = rule = Value(target, place);
        _references.RemoveAt(_references.Count - 1);
        return rule;
    }

    private (JsonNode Schema, string Pointer) Enter(JsonObject schema, string pointer)
    {
        var (target, place) = _document.Find(schema["$ref"], pointer);
        // A reference to something around itself would never end either.
        if (_references.Contains(place) || pointer == place || pointer.StartsWith($"{place}/", StringComparison.Ordinal))
            throw new SchemaException("$ref", pointer, $"#{place} refers back to itself; an answer needs a longest form, so recursion is not supported");
        _references.Add(place);
        return (target, place);
    }

    private Rule Plain(JsonObject schema, string pointer)
    {
        if (schema.TryGetPropertyValue("anyOf", out var any)) return AnyOf(schema, any, pointer);
        if (schema.ContainsKey("enum") || schema.ContainsKey("const")) return Listed(schema, pointer);
        var types = Types(schema, pointer);
        return _book.Choice(types.Select(t => OfType(t, schema, pointer)).ToList());
    }

    private Rule AnyOf(JsonObject schema, JsonNode? any, string pointer)
    {
        var others = (JsonObject)schema.DeepClone();
        others.Remove("anyOf");
        var options = new List<Rule>();
        foreach (var (i, member) in Members(any, "anyOf", pointer).Index())
        {
            var place = $"{pointer}/anyOf/{i}";
            options.Add(SchemaKeywords.Of(others).Any() ? Plain(SchemaMerger.Join(others, Member(member, place), place), place) : Value(member, place));
        }
        return _book.Choice(options);
    }

    private Rule Listed(JsonObject schema, string pointer)
    {
        var keyword = schema.ContainsKey("enum") ? "enum" : "const";
        IEnumerable<JsonNode?> listed = schema.ContainsKey("enum") ? Members(schema["enum"], "enum", pointer) : Enumerable.Repeat(schema["const"], 1);
        Types(schema, pointer);
        var allowed = new SchemaValidator(_document.Root);
        List<Rule> values;
        try
        {
            values = [.. listed.Where(v => allowed.Accepts(schema, v)).Select(_json.Exactly)];
        }
        catch (Exception fault) when (fault is InvalidOperationException or ArgumentException)
        {
            throw new SchemaException(keyword, pointer, $"a keyword beside it is wrong: {fault.Message}");
        }
        return values.Count > 0 ? _book.Choice(values) : throw new SchemaException(keyword, pointer, "no listed value is allowed by the other keywords");
    }

    private static JsonArray Members(JsonNode? node, string keyword, string pointer) =>
        node is JsonArray { Count: > 0 } list ? list : throw new SchemaException(keyword, pointer, "it must be a list that is not empty");

    private static string[] Types(JsonObject schema, string pointer)
    {
        if (!schema.TryGetPropertyValue("type", out var node)) return AllTypes;
        List<string?> names = node is JsonArray list ? [.. list.Select(SchemaDocument.TextOf)] : [SchemaDocument.TextOf(node)];
        if (names.Count == 0 || names.Exists(n => n is not "integer" && !AllTypes.Contains(n))) throw new SchemaException("type", pointer, $"it is one or more of {string.Join(", ", AllTypes)}, integer");
        return [.. names.OfType<string>().Where(n => n != "integer" || !names.Contains("number")).Distinct()];
    }

    private Rule OfType(string type, JsonObject schema, string pointer) => type switch
    {
        "null" => _json.Null,
        "boolean" => _json.Boolean,
        "string" => _json.Quoted(Text(schema, pointer)),
        "array" => Array(schema, pointer),
        "object" => Object(schema, pointer),
        _ => Number(schema, pointer, isWhole: type == "integer"),
    };

    private Rule Number(JsonObject schema, string pointer, bool isWhole)
    {
        var (low, high) = JsonRange.Numbers(schema, pointer);
        if (!_numbers.TryGetValue((low, high, isWhole), out var rule))
            _numbers[(low, high, isWhole)] = rule = NumberRules.Between(_book, low, high, isWhole ? 0 : NumberRules.MostFraction);
        return !ReferenceEquals(rule, Rules.Nothing) ? rule : throw new SchemaException("minimum", pointer,
            $"no number of at most {NumberRules.MostFraction} digits after the point and below {NumberBound.Beyond:N0} lies between the bounds");
    }

    private Rule Text(JsonObject schema, string pointer)
    {
        var (fewest, most) = JsonRange.Counts(schema, "minLength", "maxLength", _limits.MostCharacters, pointer);
        if (_page is not null && SchemaDocument.TextOf(schema[SchemaKeywords.Copied]) is { } copied)
            return _book.Copy(_page, _page.Starts, most, SchemaKeywords.NeededBy(copied), mayLeaveLine: copied == SchemaKeywords.Lines);
        var (keyword, isFormat) = schema.ContainsKey("format") ? ("format", true) : ("pattern", false);
        if (isFormat && schema.ContainsKey("pattern")) throw new SchemaException("pattern", pointer, "beside format it is not supported");
        if (!schema.TryGetPropertyValue(keyword, out var node)) return _texts.Free(fewest, most);
        var text = SchemaDocument.TextOf(node) ?? throw new SchemaException(keyword, pointer, "it must be a text");
        if (isFormat && !TextFormats.Patterns.ContainsKey(text))
            throw new SchemaException("format", pointer, $"{text} is not supported; {string.Join(", ", TextFormats.Patterns.Keys)} are");
        try
        {
            if (isFormat && fewest == 0 && _texts.Whole(TextFormats.Patterns[text]) is var whole && whole.Longest <= most) return whole;
            var rule = _texts.Matching(isFormat ? TextFormats.Patterns[text] : text, isFormat, fewest, most);
            return !ReferenceEquals(rule, Rules.Nothing) ? rule : throw new SchemaException(keyword, pointer, $"no text of {fewest} to {most} characters is of this form");
        }
        catch (PatternException fault)
        {
            throw new SchemaException(keyword, pointer, fault.Message);
        }
        catch (GrammarTooLargeException fault)
        {
            throw new SchemaException(keyword, pointer, fault.Message);
        }
    }

    private Rule Array(JsonObject schema, string pointer)
    {
        var first = schema.TryGetPropertyValue("prefixItems", out var prefix) ? Members(prefix, "prefixItems", pointer) : [];
        var items = schema.TryGetPropertyValue("items", out var node) ? node : true;
        if (items is JsonArray) throw new SchemaException("items", pointer, "a list of schemas is now called prefixItems");
        var isClosed = items is JsonValue value && value.TryGetValue<bool>(out var isOpen) && !isOpen;
        var (fewest, most) = JsonRange.Counts(schema, "minItems", "maxItems", isClosed ? first.Count : Math.Max(first.Count, _limits.MostItems), pointer);
        if (isClosed && fewest > first.Count) throw new SchemaException("minItems", pointer, $"{fewest} items are asked for, and items: false allows {first.Count}");
        if (isClosed) most = Math.Min(most, first.Count);
        var own = first.Take(most).Select((item, i) => Value(item, $"{pointer}/prefixItems/{i}")).ToList();
        return _json.Array(own, most > own.Count ? Value(items, $"{pointer}/items") : Rules.Nothing, fewest, most);
    }

    private Rule Object(JsonObject schema, string pointer)
    {
        var isClosed = IsClosed(schema, pointer);
        var properties = schema.TryGetPropertyValue("properties", out var node)
            ? node as JsonObject ?? throw new SchemaException("properties", pointer, "it must be an object of schemas") : [];
        var required = Required(schema, pointer);
        if (required.Find(n => !properties.ContainsKey(n)) is { } missing && isClosed)
            throw new SchemaException("required", pointer, $"\"{missing}\" is required, and additionalProperties: false forbids it");
        if (properties.Count == 0 && required.Count == 0 && !isClosed) return _json.AnyObject(_limits.MostDepth);
        var parts = properties.Where(p => p.Value is not JsonValue v || !v.TryGetValue<bool>(out var allowed) || allowed || required.Contains(p.Key))
            .Select(p => (p.Key, Value(p.Value, SchemaDocument.Below($"{pointer}/properties", p.Key)), required.Contains(p.Key))).ToList();
        parts.AddRange(required.Where(n => !properties.ContainsKey(n)).Select(n => (n, _json.Any(_limits.MostDepth), true)));
        return _json.Object(parts);
    }

    private static bool IsClosed(JsonObject schema, string pointer)
    {
        if (!schema.TryGetPropertyValue("additionalProperties", out var node)) return false;
        return node is JsonValue value && value.TryGetValue<bool>(out var isOpen) ? !isOpen
            : throw new SchemaException("additionalProperties", pointer, "only false and true are supported: the answer has exactly the properties that are listed");
    }

    private static List<string> Required(JsonObject schema, string pointer)
    {
        if (!schema.TryGetPropertyValue("required", out var node)) return [];
        return node is JsonArray list && list.All(n => SchemaDocument.TextOf(n) is not null) ? [.. list.Select(n => SchemaDocument.TextOf(n)!).Distinct()]
            : throw new SchemaException("required", pointer, "it must be a list of names");
    }
}
