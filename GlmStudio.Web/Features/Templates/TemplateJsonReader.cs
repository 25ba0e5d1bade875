using System.Text.Json;
using GlmStudio.Engine;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Domain.Rules;

namespace GlmStudio.Web.Features.Templates;

/// <summary>Walks a template file's JSON and notes what is unknown, doubled, missing or of the wrong kind, each with its place.</summary>
internal sealed class TemplateJsonReader
{
    private const int MaxProblems = 20;
    private readonly List<TemplateProblem> _problems = [];

    public IReadOnlyList<TemplateProblem> Problems => _problems;

    public TemplateDraft Read(JsonElement root)
    {
        var draft = new TemplateDraft();
        var seen = ReadObject(root, "", (name, value, place) =>
        {
            switch (name)
            {
                case "format":
                    if (Text(value, place) is var format && format != TemplateJson.Format)
                        Note(place, "This is not a template file: format is \"{0}\", not \"{1}\".", format, TemplateJson.Format);
                    break;
                case "version":
                    if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt32(out var version) || version != TemplateJson.Version)
                        Note(place, "Version {0} of the file format is not known here; this program reads version {1}.", Show(value), TemplateJson.Version);
                    break;
                case "key": draft.Key = Text(value, place); break;
                case "name": draft.Name = Text(value, place); break;
                case "description": draft.Description = Text(value, place); break;
                case "instruction": draft.Instruction = Text(value, place); break;
                case "grounding": draft.Grounding = ReadGrounding(value, place); break;
                case "shape": draft.Shape = ReadShape(value, place); break;
                case "confirm": draft.Confirms = ReadSwitch(value, place); break;
                case "fields": draft.Fields = [.. Items(value, place, TemplateRules.MaxFields).Select((item, i) => ReadField(item, $"{place}[{i}]"))]; break;
                default: return false;
            }
            return true;
        });
        Require(seen, "", "format", "version", "key", "name", "fields");
        return draft;
    }

    private Field ReadField(JsonElement element, string at)
    {
        var field = new Field { Key = "", Label = "" };
        var seen = ReadObject(element, at, (name, value, place) =>
        {
            switch (name)
            {
                case "key": field.Key = Text(value, place); break;
                case "label": field.Label = Text(value, place); break;
                case "type": field.Type = Type(value, place); break;
                case "description": field.Description = Text(value, place); break;
                case "example": field.Example = Text(value, place); break;
                case "required": field.Required = ReadSwitch(value, place); break;
                case "copied": field.Copied = ReadSwitch(value, place); break;
                case "choices": field.Choices = [.. Items(value, place, TemplateRules.MaxChoices).Select((item, i) => Text(item, $"{place}[{i}]"))]; break;
                case "steps": field.Steps = [.. Items(value, place, StepRules.MaxSteps).Select((item, i) => ReadStep(item, $"{place}[{i}]")).OfType<FieldStep>()]; break;
                default: return false;
            }
            return true;
        });
        Require(seen, at, "key");
        return field;
    }

    private FieldStep? ReadStep(JsonElement element, string at)
    {
        if (element.ValueKind != JsonValueKind.Object) Note(at, "Found {0} where an object {{…}} belongs.", Show(element));
        else if (!element.TryGetProperty("step", out var kind)) Note(at, "The property \"{0}\" is missing.", "step");
        else if (kind.ValueKind != JsonValueKind.String || !StepJson.Kinds.ContainsKey(Text(kind, $"{at}.step")))
            Note($"{at}.step", "{0} is not a step. Steps are {1}.", Show(kind), string.Join(", ", StepJson.Kinds.Keys));
        else
        {
            try
            {
                return StepJson.Read(element);
            }
            catch (Exception fault) when (fault is JsonException or InvalidOperationException)
            {
                Note(at + ((fault as JsonException)?.Path?.TrimStart('$') ?? ""), "A property of the step is missing, not known, or of the wrong kind. docs/rules.md lists the steps.");
            }
        }
        return null;
    }

    /// <summary>Calls <paramref name="take"/> for each property; false from it means that the property is not known.</summary>
    private HashSet<string> ReadObject(JsonElement element, string at, Func<string, JsonElement, string, bool> take)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        if (element.ValueKind != JsonValueKind.Object)
        {
            Note(at, "Found {0} where an object {{…}} belongs.", Show(element));
            return seen;
        }
        foreach (var property in element.EnumerateObject())
        {
            if (Name(property) is not { } name) { Note(at, "A property name cannot be read."); continue; }
            var place = at.Length > 0 ? $"{at}.{name}" : name;
            if (!seen.Add(name)) Note(place, "The property \"{0}\" is there twice.", name);
            else if (!take(name, property.Value, place)) Note(place, "The property \"{0}\" is not known. Remove it or correct its spelling.", name);
        }
        return seen;
    }

    private void Require(HashSet<string> seen, string at, params string[] names)
    {
        if (seen.Count == 0 && _problems.Count > 0) return;
        foreach (var name in names.Where(n => !seen.Contains(n))) Note(at, "The property \"{0}\" is missing.", name);
    }

    private List<JsonElement> Items(JsonElement value, string place, int limit)
    {
        if (value.ValueKind != JsonValueKind.Array) Note(place, "Found {0} where a list […] belongs.", Show(value));
        else if (value.GetArrayLength() > limit) Note(place, "The list has {0} entries; the limit is {1}.", value.GetArrayLength(), limit);
        else return [.. value.EnumerateArray()];
        return [];
    }

    private FieldType Type(JsonElement value, string place)
    {
        if (value.ValueKind == JsonValueKind.String && TemplateJson.Types.TryGetValue(Text(value, place), out var type)) return type;
        Note(place, "{0} is not a type. Types are {1}.", Show(value), string.Join(", ", TemplateJson.Types.Keys));
        return FieldType.Text;
    }

    private Grounding ReadGrounding(JsonElement value, string place)
    {
        if (value.ValueKind == JsonValueKind.String && GroundingWords.All.TryGetValue(Text(value, place), out var grounding)) return grounding;
        Note(place, "{0} is not a grounding. It is one of {1}.", Show(value), GroundingWords.List);
        return Grounding.ModelDefault;
    }

    private bool ReadSwitch(JsonElement value, string place)
    {
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False) return value.GetBoolean();
        Note(place, "Found {0} where true or false belongs.", Show(value));
        return false;
    }

    private AnswerShape ReadShape(JsonElement value, string place)
    {
        if (value.ValueKind == JsonValueKind.String && ShapeWords.All.TryGetValue(Text(value, place), out var shape)) return shape;
        Note(place, "{0} is not a shape of an answer. It is one of {1}.", Show(value), ShapeWords.List);
        return AnswerShape.Json;
    }

    private string Text(JsonElement value, string place)
    {
        try
        {
            if (value.ValueKind == JsonValueKind.String) return value.GetString()!;
            Note(place, "Found {0} where a text belongs.", Show(value));
        }
        catch (InvalidOperationException)
        {
            // Valid JSON, but an escape such as \ud800 that is half a character.
            Note(place, "The text holds characters that cannot be printed. Type it again.");
        }
        return "";
    }

    private static string? Name(JsonProperty property)
    {
        try { return property.Name is { Length: <= 100 } name ? name : property.Name[..100] + "…"; }
        catch (InvalidOperationException) { return null; }
    }

    private static string Show(JsonElement value) => value.GetRawText() is var raw && raw.Length <= 40 ? raw : raw[..40] + "…";

    private void Note(string place, string text, params object[] arguments)
    {
        if (_problems.Count < MaxProblems) _problems.Add(new TemplateProblem(place, text, arguments));
    }
}
