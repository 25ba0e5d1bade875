using GlmStudio.Engine;
using GlmStudio.Web.Domain;

namespace GlmStudio.Web.Features.Templates;

/// <summary>A template's content before it is saved: what the builder edits and what a JSON file holds.</summary>
public sealed class TemplateDraft
{
    public string Key { get; set; } = "";
    public string Name { get; set; } = "";
    public string Description { get; set; } = "";
    public string Instruction { get; set; } = "";
    public List<Field> Fields { get; set; } = [];
    public Grounding Grounding { get; set; }
    public AnswerShape Shape { get; set; }
    public bool Confirms { get; set; }

    /// <summary>A draft with the content of a saved version; changing it leaves the version alone.</summary>
    public static TemplateDraft Of(Template template, TemplateVersion version) => new()
    {
        Key = template.Key, Name = template.Name, Description = template.Description, Instruction = version.Instruction, Grounding = version.Grounding, Shape = version.Shape, Confirms = version.Confirms,
        Fields = [.. version.Fields.Select(Copy)],
    };

    /// <summary>The same content as it is stored: trimmed, keys in Unicode's composed form, line feeds only.</summary>
    public TemplateDraft Clean() => new()
    {
        Key = Key.Trim(), Name = Name.Trim(), Description = Lines(Description), Instruction = Lines(Instruction), Grounding = Grounding, Shape = Shape, Confirms = Confirms,
        Fields = [.. Fields.Select(Clean)],
    };

    public TemplateVersion ToVersion(int number, string note, DateTime now) => new()
    {
        Number = number, Instruction = Instruction, Grounding = Grounding, Shape = Shape, Confirms = Confirms, Fields = [.. Fields.Select(Copy)], Note = note.Trim(), CreatedAt = now,
    };

    public static Field Copy(Field field) => new()
    {
        Key = field.Key, Label = field.Label, Type = field.Type, Description = field.Description, Example = field.Example,
        Required = field.Required, Choices = [.. field.Choices], Copied = field.Copied, Steps = field.Steps,
    };

    private static Field Clean(Field field) => new()
    {
        Key = Composed(field.Key), Label = field.Label.Trim() is { Length: > 0 } label ? label : Composed(field.Key), Type = field.Type,
        Description = Lines(field.Description), Example = field.Example.Trim(), Required = field.Required,
        Choices = [.. field.Choices.Select(c => c.Trim()).Where(c => c.Length > 0)], Copied = TemplateRules.MayCopy(field) ? field.Copied : null,
        Steps = [.. field.Steps.Select(s => s with { Message = s.Message?.Trim() is { Length: > 0 } message ? message : null })],
    };

    private static string Lines(string text) => text.ReplaceLineEndings("\n").Trim();

    // Normalize throws on half a surrogate pair; the rules report such a key instead.
    private static string Composed(string key) => TemplateRules.IsWhole(key) ? key.Trim().Normalize() : key.Trim();
}
