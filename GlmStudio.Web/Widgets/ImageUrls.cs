using System.Globalization;
using GlmStudio.Web.Domain;

namespace GlmStudio.Web.Widgets;

/// <summary>Where a browser gets a picture from; the endpoints are in Features/Datasets. The hash makes them cacheable for ever.</summary>
public static class ImageUrls
{
    /// <summary>A small WebP, at most 256 pixels on its long side.</summary>
    public static string Thumb(ImageItem item) => Of(item, "thumb");

    /// <summary>The upright picture as the engine sees it, in a format every browser shows, at most 2,000 pixels on its long side.</summary>
    public static string Display(ImageItem item) => Of(item, "display");

    private static string Of(ImageItem item, string variant) =>
        string.Create(CultureInfo.InvariantCulture, $"/files/images/{item.ContentHash}/{item.Page}/{variant}");
}
