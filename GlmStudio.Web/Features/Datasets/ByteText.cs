using System.Globalization;

namespace GlmStudio.Web.Features.Datasets;

/// <summary>Bytes as people read them.</summary>
internal static class ByteText
{
    public static string Of(long bytes) => bytes switch
    {
        < 1 << 10 => string.Create(CultureInfo.CurrentCulture, $"{bytes} B"),
        < 1 << 20 => string.Create(CultureInfo.CurrentCulture, $"{bytes / 1024.0:0.#} KB"),
        < 1L << 30 => string.Create(CultureInfo.CurrentCulture, $"{bytes / 1048576.0:0.#} MB"),
        _ => string.Create(CultureInfo.CurrentCulture, $"{bytes / 1073741824.0:0.##} GB"),
    };
}
