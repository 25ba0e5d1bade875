namespace GlmStudio.Web.Domain;

/// <summary>A named set of pictures in upload order.</summary>
public sealed class Dataset
{
    public int Id { get; set; }
    public required string Name { get; set; }
    public string Description { get; set; } = "";
    public DateTime CreatedAt { get; set; }
    public DateTime? ArchivedAt { get; set; }
    public List<LabelSet> LabelSets { get; set; } = [];
}

/// <summary>One picture of a dataset: a file, or one page of a PDF. The bytes are in the image store under <see cref="ContentHash"/>.</summary>
public sealed class ImageItem
{
    public long Id { get; set; }
    public int DatasetId { get; set; }
    public Dataset? Dataset { get; set; }

    /// <summary>0, 1, 2 … in upload order within the dataset; deleting a picture leaves a gap.</summary>
    public int Ordinal { get; set; }

    /// <summary>Path below the uploaded folder with forward slashes: <c>march/IMG_0012.jpg</c>.</summary>
    public required string Path { get; set; }

    /// <summary>Zero-based page of a PDF; 0 for pictures.</summary>
    public int Page { get; set; }

    /// <summary>SHA-256 of the file's bytes, 64 lower-case hexadecimal digits.</summary>
    public required string ContentHash { get; set; }

    public long ByteCount { get; set; }

    /// <summary>Pixels of the upright picture; 0 where it could not be read.</summary>
    public int Width { get; set; }
    public int Height { get; set; }

    /// <summary>Why the picture cannot be read, or null. Such an item stays: it becomes one failed row.</summary>
    public string? Problem { get; set; }

    /// <summary>The one <see cref="Problem"/> that goes away: when the same bytes are added again.</summary>
    public const string FileIsMissing = "Its file is missing from the store. Add it again.";

    /// <summary>Quality note, or null where it was not measured yet.</summary>
    public ImageQuality? Quality { get; set; }

    public DateTime AddedAt { get; set; }

    /// <summary>What people see: the path, and the page where the file has several.</summary>
    public string DisplayName => NameOf(Path, Page);

    /// <summary><see cref="DisplayName"/> of a picture of which only path and page were read.</summary>
    public static string NameOf(string path, int page) => page == 0 ? path : $"{path} · {page + 1}";
}

/// <summary>A further path to bytes the dataset already has: stored once, asked once, but a label sheet may name it.</summary>
public sealed class DuplicateFile
{
    public long Id { get; set; }
    public int DatasetId { get; set; }
    public Dataset? Dataset { get; set; }

    /// <summary>Path below the uploaded folder, as in <see cref="ImageItem.Path"/>.</summary>
    public required string Path { get; set; }

    /// <summary>Hash of the bytes; the dataset's picture with this hash is the one that is asked.</summary>
    public required string ContentHash { get; set; }

    public long ByteCount { get; set; }
    public DateTime AddedAt { get; set; }
}

/// <summary>How good a picture is for reading; thresholds are in <c>GlmStudio.Engine.Images</c>.</summary>
public sealed class ImageQuality
{
    /// <summary>Variance of the Laplacian of the grey picture scaled to 1,000 pixels on its long side; low is blurred.</summary>
    public double Sharpness { get; set; }

    /// <summary>Mean grey, 0 black … 255 white.</summary>
    public double Brightness { get; set; }

    /// <summary>Share of pixels that are burnt out or black, 0 … 1.</summary>
    public double Clipped { get; set; }

    /// <summary>Estimated rotation of the text in degrees clockwise: 0, 90, 180, 270; null where not known.</summary>
    public int? Rotation { get; set; }

    /// <summary>Short codes of what is wrong: <c>small</c>, <c>blurred</c>, <c>dark</c>, <c>bright</c>, <c>rotated</c>.</summary>
    public List<string> Notes { get; set; } = [];
}
