using System.ComponentModel.DataAnnotations;

namespace GlmStudio.Web.Features.Datasets;

/// <summary>Section <c>Datasets</c>: how much a dataset, an upload and a label sheet may hold.</summary>
public sealed class DatasetOptions
{
    /// <summary>Bytes of one picture or PDF.</summary>
    [Range(1, int.MaxValue)] public int MaxFileBytes { get; set; } = 64 << 20;

    /// <summary>Bytes of one upload request; a browser sends a folder in many.</summary>
    [Range(1, long.MaxValue)] public long MaxRequestBytes { get; set; } = 2L << 30;

    /// <summary>Files in one upload request.</summary>
    [Range(1, 100_000)] public int MaxRequestFiles { get; set; } = 2_000;

    /// <summary>Pictures of one dataset, each page of a PDF counted.</summary>
    [Range(1, 10_000_000)] public int MaxImages { get; set; } = 200_000;

    /// <summary>Pages of one PDF.</summary>
    [Range(1, 100_000)] public int MaxPdfPages { get; set; } = 1_000;

    /// <summary>Bytes of a label sheet as it comes.</summary>
    [Range(1, int.MaxValue)] public int MaxSheetBytes { get; set; } = 64 << 20;

    /// <summary>Bytes of an Excel label sheet after unpacking: a small file may unpack to a huge one.</summary>
    [Range(1, int.MaxValue)] public int MaxUnpackedSheetBytes { get; set; } = 256 << 20;

    /// <summary>Rows of a label sheet.</summary>
    [Range(1, 1_048_576)] public int MaxSheetRows { get; set; } = 250_000;

    /// <summary>Columns of a label sheet.</summary>
    [Range(1, 16_384)] public int MaxSheetColumns { get; set; } = 2_000;

    /// <summary>Cells of a label sheet.</summary>
    [Range(1, 100_000_000)] public int MaxSheetCells { get; set; } = 5_000_000;
}
