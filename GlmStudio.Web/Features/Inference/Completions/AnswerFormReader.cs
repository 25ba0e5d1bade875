using System.Text.Json;
using GlmStudio.Engine;

namespace GlmStudio.Web.Features.Inference.Completions;

/// <summary>The form a call asks for, compiled. The last ones are kept: what was worked out for one call serves the next.</summary>
internal sealed class AnswerFormReader
{
    private const int Kept = 32;
    private const string AnyObject = """{"type": "object"}""";

    private readonly LinkedList<(string Key, AnswerForm Form)> _recent = new();
    private readonly Lock _lock = new();

    /// <summary>The form, or null where the answer is free.</summary>
    /// <exception cref="EngineException">The form is wrong or cannot be enforced; the message names the field, the keyword and its place.</exception>
    public AnswerForm? Read(CompletionRequest body)
    {
        List<Asked> asked = [];
        if (Format(body.ResponseFormat) is { } format) asked.Add(Json("response_format", format));
        if (Schema(body.GuidedJson) is { } schema) asked.Add(Json("guided_json", schema));
        if (body.GuidedRegex is { } pattern) asked.Add(Pattern("guided_regex", pattern));
        if (body.GuidedChoice is { } choices) asked.Add(Choice("guided_choice", choices));
        asked.AddRange(Structured(body.StructuredOutputs));
        if (asked.Count > 1) throw Refused($"{asked[0].Field} and {asked[1].Field} cannot both hold; send one of them.");
        return asked is [var one] ? Compiled(one.Field, one.Key, one.Compile) : null;
    }

    private static Asked Json(string field, string schema) => new(field, $"json {schema}", () => AnswerForm.OfSchema(schema));

    private static Asked Pattern(string field, string pattern) => new(field, $"regex {pattern}", () => AnswerForm.OfPattern(pattern));

    private static Asked Choice(string field, IReadOnlyList<string> choices) => new(field, $"choice {JsonSerializer.Serialize(choices)}", () => AnswerForm.OfChoices(choices));

    // What vLLM calls its guided fields since it put them into one object. Empty members change nothing.
    private static IEnumerable<Asked> Structured(JsonElement? structured)
    {
        const string Place = "structured_outputs";
        if (structured is null or { ValueKind: JsonValueKind.Null }) yield break;
        if (structured is not { ValueKind: JsonValueKind.Object } outputs) throw Refused($"{Place} is not an object such as {{\"json\": {{…}}}}.");
        foreach (var member in outputs.EnumerateObject())
            if (member.Value.ValueKind is not (JsonValueKind.Null or JsonValueKind.False)) yield return Member($"{Place}.{member.Name}", member.Name, member.Value);
    }

    private static Asked Member(string place, string name, JsonElement value) => (name, value.ValueKind) switch
    {
        ("json", _) => Json(place, Schema(value)!),
        ("json_object", JsonValueKind.True) => Json(place, AnyObject),
        ("regex", JsonValueKind.String) => Pattern(place, value.GetString()!),
        ("choice", JsonValueKind.Array) when value.EnumerateArray().All(v => v.ValueKind == JsonValueKind.String) => Choice(place, [.. value.EnumerateArray().Select(v => v.GetString()!)]),
        ("regex" or "choice" or "json_object", _) => throw Refused($"{place} is {value.GetRawText() switch { { Length: > 40 } text => text[..40] + "…", var text => text }}; "
            + "json is a schema, regex a text, choice a list of texts, json_object true."),
        _ => throw Refused($"{place} cannot be followed; structured_outputs takes json, regex, choice or json_object."),
    };

    private AnswerForm Compiled(string field, string key, Func<AnswerForm> compile)
    {
        lock (_lock)
            for (var node = _recent.First; node is not null; node = node.Next)
            {
                if (node.Value.Key != key) continue;
                _recent.Remove(node);
                _recent.AddFirst(node);
                return node.Value.Form;
            }
        AnswerForm form;
        try
        {
            form = compile();
        }
        catch (EngineException fault)
        {
            throw new EngineException(fault.Fault, $"{field}: {fault.Message}", fault);
        }
        lock (_lock)
        {
            _recent.AddFirst((key, form));
            if (_recent.Count > Kept) _recent.RemoveLast();
        }
        return form;
    }

    private static string? Format(JsonElement? format)
    {
        if (format is null or { ValueKind: JsonValueKind.Null }) return null;
        if (format is not { ValueKind: JsonValueKind.Object } asked) throw Refused("response_format is not an object such as {\"type\": \"json_object\"}.");
        var type = asked.TryGetProperty("type", out var named) && named.ValueKind == JsonValueKind.String ? named.GetString() : null;
        return type switch
        {
            "text" => null,
            "json_object" => AnyObject,
            "json_schema" => asked.TryGetProperty("json_schema", out var holder) && holder.ValueKind == JsonValueKind.Object && holder.TryGetProperty("schema", out var schema)
                ? schema.GetRawText() : throw Refused("response_format.json_schema.schema is missing: it holds the schema of the answer."),
            _ => throw Refused($"response_format.type is {(type is null ? "missing" : $"\"{type}\"")}; it is text, json_object or json_schema."),
        };
    }

    // vLLM takes a schema as an object or as its text.
    private static string? Schema(JsonElement? schema) => schema switch
    {
        null or { ValueKind: JsonValueKind.Null } => null,
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { } element => element.GetRawText(),
    };

    private static EngineException Refused(string message) => new(EngineFault.BadRequest, message);

    private sealed record Asked(string Field, string Key, Func<AnswerForm> Compile);
}
