namespace GlmStudio.Engine;

/// <summary>One field to fill from a page, as a template asks for it.</summary>
public sealed record AskedField
{
    /// <summary>The JSON key of the answer, for example <c>total</c>.</summary>
    public required string Key { get; init; }

    /// <summary>The name people read, in any language, for example <c>合计金额</c>. Matching uses it together with <see cref="Key"/>.</summary>
    public required string Label { get; init; }

    /// <summary>What kind of value it is.</summary>
    public FieldType Type { get; init; }

    /// <summary>What is meant and where it stands, for the model and as a hint for the reader.</summary>
    public string? Description { get; init; }

    /// <summary>A value as it could be printed, for example <c>2026-03-01</c>.</summary>
    public string? Example { get; init; }

    /// <summary>A page without this value is worth a person's look.</summary>
    public bool Required { get; init; }

    /// <summary>Whether the value stands on the page as it is answered, so that a checkpoint that knows the page's text may only copy it; null: as its type has it,
    /// which is yes but for choices, yes or no, and lists.</summary>
    public bool? Copied { get; init; }

    /// <summary>What <see cref="Copied"/> comes to.</summary>
    public bool IsCopied => Type is not (FieldType.Choice or FieldType.YesNo) && (Copied ?? Type != FieldType.List);

    /// <summary>The permitted values of a <see cref="FieldType.Choice"/>.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];
}

/// <summary>Kinds of values. They decide how a value is found, normalised, compared and typed in Excel.</summary>
public enum FieldType
{
    /// <summary>Free text on one or more lines.</summary>
    Text,
    /// <summary>A number, perhaps with a unit.</summary>
    Number,
    /// <summary>An amount, perhaps with a currency.</summary>
    Money,
    /// <summary>A calendar date, perhaps with a time.</summary>
    Date,
    /// <summary>A code that must not change in any character: order number, serial number, tax number.</summary>
    Id,
    /// <summary>A telephone number.</summary>
    Phone,
    /// <summary>One of <see cref="AskedField.Choices"/>.</summary>
    Choice,
    /// <summary>Yes or no.</summary>
    YesNo,
    /// <summary>Several values, one an entry, for example the items of a menu.</summary>
    List,
}
