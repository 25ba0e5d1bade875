namespace GlmStudio.Web.Domain;

/// <summary>A file that programs sent or can fetch over <c>/v1/files</c>. Its bytes are in the data folder under its id.</summary>
public sealed class ApiFile
{
    /// <summary><c>file-</c> and 32 hexadecimal digits.</summary>
    public required string Id { get; set; }

    public required string Name { get; set; }

    /// <summary>OpenAI's word: <c>batch</c> for input, <c>batch_output</c> for answers and errors.</summary>
    public required string Purpose { get; set; }

    public long ByteCount { get; set; }
    public DateTime CreatedAt { get; set; }
}
