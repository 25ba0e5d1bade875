using System.Text.Json.Serialization;

namespace GlmStudio.Web.Features.Datasets.Uploads;

/// <summary>A file that arrived: its bytes are in the store and its header was read, or it was refused.</summary>
/// <param name="Path">Normal path; as it came where it was refused for its path.</param>
/// <param name="Refusal">Why it does not become a picture, or null.</param>
public sealed record ReceivedFile(string Path, string? Refusal)
{
    public string Hash { get; init; } = "";
    public long ByteCount { get; init; }
    public int Width { get; init; }
    public int Height { get; init; }
    public int PageCount { get; init; } = 1;

    /// <summary>Why it cannot be read as a picture; it is kept all the same.</summary>
    public string? Problem { get; init; }
}

/// <summary>What became of one file.</summary>
/// <param name="Path">Its path in the dataset.</param>
/// <param name="Outcome">What was done.</param>
/// <param name="Message">Why, where there is something to say.</param>
/// <param name="Pictures">How many pictures it became: the pages of a PDF, else 1; 0 where nothing was added.</param>
public sealed record FileResult(string Path, FileOutcome Outcome, string? Message = null, int Pictures = 0);

[JsonConverter(typeof(JsonStringEnumConverter<FileOutcome>))]
public enum FileOutcome
{
    /// <summary>Added as one picture, or one a page.</summary>
    Added,
    /// <summary>Added, though it cannot be read: it will be a failed row with the reason.</summary>
    Damaged,
    /// <summary>The same path with the same bytes was there already.</summary>
    Known,
    /// <summary>The same bytes are there under another path; noted, not added again.</summary>
    Duplicate,
    /// <summary>Other bytes are there under this path. Nothing was changed.</summary>
    Conflict,
    /// <summary>Not taken: not a picture, too large, or a path that is not allowed.</summary>
    Refused,
}
