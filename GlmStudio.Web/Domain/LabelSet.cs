namespace GlmStudio.Web.Domain;

/// <summary>What people say the answers are: one imported sheet, matched to the pictures of a dataset.</summary>
public sealed class LabelSet
{
    public int Id { get; set; }
    public int DatasetId { get; set; }
    public Dataset? Dataset { get; set; }
    public required string Name { get; set; }
    public required string FileName { get; set; }
    public DateTime CreatedAt { get; set; }
    public List<Label> Labels { get; set; } = [];
}

/// <summary>One labelled value of one picture.</summary>
public sealed class Label
{
    public long Id { get; set; }
    public int LabelSetId { get; set; }
    public long ImageItemId { get; set; }
    public required string FieldKey { get; set; }

    /// <summary>The value as typed; empty where the sheet has an empty cell: the page does not show it.</summary>
    public required string Value { get; set; }
}
