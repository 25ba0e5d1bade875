namespace GlmStudio.Web.Domain.Journal;

/// <summary>The parts of manifests that are equal for all rows of a run, stored once.</summary>
public sealed class SharedManifest
{
    public const string VersionPart = "Template version";
    public const string PromptPart = "Prompt";
    public const string FormPart = "Form of the answer";
    public const string EnginePart = "Engine name";
    public const string ModelPart = "Model files";
    public const string BuildPart = "Engine build";
    public const string DevicePart = "Device";
    public const string PreprocessingPart = "Picture settings";
    public const string SamplingPart = "Sampling";
    public const string GroundingPart = "Page text";

    /// <summary>Only of versions that ask uncertain values again.</summary>
    public const string ConfirmationPart = "Confirmation settings";

    public int Id { get; set; }

    /// <summary>Hash over all parts, noted ones too: equal parts are one row of the table.</summary>
    public required string Hash { get; set; }

    public List<ManifestPart> Parts { get; set; } = [];

    /// <summary>The value of a part, or null.</summary>
    public string? this[string name] => Parts.Find(p => p.Name == name)?.Value;

    /// <summary>The manifest of a row under these parts.</summary>
    public Manifest For(string contentHash, int page, int repeat) => new(Parts, contentHash, page, repeat);
}
