namespace GlmStudio.Web.Domain;

/// <summary>A small picture's bytes in the database, for nodes that share no folder.</summary>
public sealed class StoredImage
{
    /// <summary>SHA-256 of <see cref="Bytes"/>, 64 hexadecimal digits.</summary>
    public required string Hash { get; set; }

    public required byte[] Bytes { get; set; }
}
