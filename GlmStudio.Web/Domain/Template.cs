using GlmStudio.Engine;
using GlmStudio.Web.Domain.Rules;

namespace GlmStudio.Web.Domain;

/// <summary>What to ask of every picture: a named series of immutable versions.</summary>
public sealed class Template
{
    public int Id { get; set; }

    /// <summary>Short lower-case name for programs: <c>receipt</c>.</summary>
    public required string Key { get; set; }

    public required string Name { get; set; }
    public string Description { get; set; } = "";
    public DateTime CreatedAt { get; set; }
    public DateTime? ArchivedAt { get; set; }
    public List<TemplateVersion> Versions { get; set; } = [];
}

/// <summary>One saved state of a template. Never changed after it is saved: batches refer to it.</summary>
public sealed class TemplateVersion
{
    public int Id { get; set; }
    public int TemplateId { get; set; }
    public Template? Template { get; set; }

    /// <summary>1, 2, 3 … within the template.</summary>
    public int Number { get; set; }

    /// <summary>Free text before the fields.</summary>
    public string Instruction { get; set; } = "";

    public List<Field> Fields { get; set; } = [];

    /// <summary>Whether the model is given the page's printed text besides the picture.</summary>
    public Grounding Grounding { get; set; }

    /// <summary>How the model writes the values down.</summary>
    public AnswerShape Shape { get; set; }

    /// <summary>Whether uncertain values are asked for again on a crop of their boxes (docs/confidence.md).</summary>
    public bool Confirms { get; set; }

    /// <summary>What changed, in the author's words.</summary>
    public string Note { get; set; } = "";

    public DateTime CreatedAt { get; set; }

    /// <summary>The fields that the model is asked for; the others are computed.</summary>
    public IEnumerable<Field> ReadFields => Fields.Where(f => !f.IsComputed);

    /// <summary>The same for an engine. Not a property: the database would take it for one of its own.</summary>
    public IReadOnlyList<AskedField> ToAsked() => [.. ReadFields.Select(f => f.ToAsked())];

    /// <summary>Whether an engine would be asked exactly the same: then the rules of one version fit the answers to the other.</summary>
    public bool AsksTheSame(TemplateVersion other) => Grounding == other.Grounding && Shape == other.Shape && Confirms == other.Confirms && PromptRenderer.Render(this) == PromptRenderer.Render(other)
        && ReadFields.Select(AskedOf).SequenceEqual(other.ReadFields.Select(AskedOf));

    /// <summary>The same question for some of the fields; not to be saved.</summary>
    public TemplateVersion With(IEnumerable<Field> fields) => new()
    {
        Template = Template, TemplateId = TemplateId, Number = Number, Instruction = Instruction, Grounding = Grounding, Shape = Shape, Fields = [.. fields],
    };

    private static (string, FieldType, string, bool?) AskedOf(Field field) => (field.Key, field.Type, string.Join('\n', field.Choices), field.Copied);
}

/// <summary>One value a template asks for.</summary>
public sealed class Field
{
    /// <summary>JSON key and Excel column: letters, digits, <c>_</c>, <c>-</c> and CJK, unique in its version.</summary>
    public required string Key { get; set; }

    public required string Label { get; set; }
    public FieldType Type { get; set; }
    public string Description { get; set; } = "";
    public string Example { get; set; } = "";
    public bool Required { get; set; }
    public List<string> Choices { get; set; } = [];

    /// <summary>Whether the value stands on the page as it is answered, and can only be copied from its text; null: as the type has it.</summary>
    public bool? Copied { get; set; }

    /// <summary>What happens to the value after it was read. Versions from before there were steps have none.</summary>
    public IReadOnlyList<FieldStep> Steps { get => field ?? []; set; } = [];

    /// <summary>How the value is computed; null where it is read from the picture.</summary>
    public ComputeStep? Computation => Steps is [ComputeStep compute, ..] ? compute : null;

    /// <summary>The model is not asked for a computed field.</summary>
    public bool IsComputed => Computation is not null;

    public AskedField ToAsked() => new()
    {
        Key = Key, Label = Label, Type = Type, Description = Description, Example = Example, Required = Required, Choices = Choices,
        Copied = Copied,
    };
}
