using System.Globalization;

namespace GlmStudio.Web.Features.Monitoring;

/// <summary>Bytes as people read them.</summary>
internal static class ByteSize
{
    public static string Of(long bytes) => bytes >= 1L << 30
        ? string.Create(CultureInfo.CurrentCulture, $"{bytes / (double)(1L << 30):0.0} GB")
        : string.Create(CultureInfo.CurrentCulture, $"{bytes / (double)(1L << 20):0} MB");
}
