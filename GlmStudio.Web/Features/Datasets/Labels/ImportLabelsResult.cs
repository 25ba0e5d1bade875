namespace GlmStudio.Web.Features.Datasets.Labels;

/// <summary>What to import.</summary>
/// <param name="DatasetId">The dataset whose pictures the rows name.</param>
/// <param name="FileName">Name of the label file.</param>
public sealed record LabelImport(int DatasetId, string FileName)
{
    /// <summary>Name of the label set; empty takes the file's name.</summary>
    public string Name { get; init; } = "";

    /// <summary>Sheet to read; null takes the one that fits the dataset best.</summary>
    public string? Sheet { get; init; }

    /// <summary>Column with paths or file names; null guesses it.</summary>
    public string? ImageColumn { get; init; }

    /// <summary>Field key → column. Given with <see cref="MapIsComplete"/> it is the whole mapping, else it goes before what is guessed.</summary>
    public IReadOnlyDictionary<string, string> Map { get; init; } = new Dictionary<string, string>();

    /// <summary>Import only the fields in <see cref="Map"/>.</summary>
    public bool MapIsComplete { get; init; }

    /// <summary>Fields of the template the labels are for, as (key, label); empty imports every column.</summary>
    public IReadOnlyList<(string Key, string Label)> Fields { get; init; } = [];
}

/// <summary>What an import did, or would do.</summary>
public sealed record ImportLabelsResult
{
    /// <summary>Why nothing was imported, or null.</summary>
    public string? Problem { get; init; }

    /// <summary>The new label set; 0 for a preview or where nothing was imported.</summary>
    public int LabelSetId { get; init; }

    public string Sheet { get; init; } = "";
    public ColumnMapping? Mapping { get; init; }

    /// <summary>Columns of the sheet that were not used.</summary>
    public IReadOnlyList<string> UnusedColumns { get; init; } = [];

    /// <summary>Template fields for which the sheet has no column.</summary>
    public IReadOnlyList<string> FieldsWithoutColumn { get; init; } = [];

    /// <summary>Rows of the sheet.</summary>
    public int Rows { get; init; }

    /// <summary>Pictures that have labels now.</summary>
    public int Matched { get; init; }

    /// <summary>What rows call pictures that the dataset does not have.</summary>
    public IReadOnlyList<string> RowsWithoutPicture { get; init; } = [];

    /// <summary>What rows call pictures where several fit.</summary>
    public IReadOnlyList<string> Ambiguous { get; init; } = [];

    /// <summary>Rows for a picture that an earlier row had labelled already; the first row counts.</summary>
    public IReadOnlyList<string> Duplicates { get; init; } = [];

    /// <summary>Pictures that no row names.</summary>
    public IReadOnlyList<string> PicturesWithoutRow { get; init; } = [];
}
