using System.Globalization;
using GlmStudio.Web.Features.Reports.Xlsx;
using A = DocumentFormat.OpenXml.Drawing;
using S = DocumentFormat.OpenXml.Drawing.Spreadsheet;

namespace GlmStudio.Web.Features.Reports;

/// <param name="RowIndex">Zero-based row of the sheet.</param>
internal sealed record RowPicture(int RowIndex, string Hash, int Page, string Name);

/// <summary>The Rows sheet's drawing: one small picture a row, each file stored once however often it is shown.</summary>
internal sealed class RowPictures(XlsxPackage package, int column)
{
    public const string DrawingPart = "/xl/drawings/drawing2.xml";

    // English Metric Units: 9,525 a pixel at 96 dots an inch. The picture fits its cell, 64 pixels high.
    private const int EmuPerPixel = 9_525;
    private const double CellPixels = 62;

    public async Task WriteAsync(IReadOnlyList<RowPicture> pictures, ReportThumbnails thumbnails, CancellationToken cancellation)
    {
        var stored = new Dictionary<(string, int), (string Id, Thumbnail Size)?>();
        foreach (var chunk in pictures.Select(p => (p.Hash, p.Page)).Distinct().Chunk(32))
        {
            var files = await Task.WhenAll(chunk.Select(p => Task.Run(() => thumbnails.FindAsync(p.Hash, p.Page, cancellation), cancellation)));
            foreach (var (key, file) in chunk.Zip(files)) stored[key] = Store(file, stored.Count + 1);
        }
        using var xml = package.OpenXml(DrawingPart, Part.DrawingType);
        xml.WriteStartElement("xdr", "wsDr", "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing");
        xml.WriteAttributeString("xmlns", "a", null, "http://schemas.openxmlformats.org/drawingml/2006/main");
        foreach (var (i, picture) in pictures.Index())
            if (stored[(picture.Hash, picture.Page)] is { } file) Anchor(picture, file.Id, file.Size, (uint)i + 2).WriteTo(xml);
        xml.WriteEndElement();
    }

    // Only the size is kept: the bytes go to the file at once.
    private (string Id, Thumbnail Size)? Store(Thumbnail? thumbnail, int number)
    {
        if (thumbnail is null) return null;
        var part = string.Create(CultureInfo.InvariantCulture, $"/xl/media/image{number}.jpeg");
        using (var file = package.Open(part, "image/jpeg")) file.Write(thumbnail.Jpeg);
        return (package.Relate(DrawingPart, Part.ToImage, part), thumbnail with { Jpeg = [] });
    }

    private S.OneCellAnchor Anchor(RowPicture picture, string imageId, Thumbnail size, uint id)
    {
        var scale = CellPixels / Math.Max(size.Width, size.Height);
        var (width, height) = ((long)(size.Width * scale * EmuPerPixel), (long)(size.Height * scale * EmuPerPixel));
        return new S.OneCellAnchor(
            new S.FromMarker(
                new S.ColumnId((column - 1).ToString(CultureInfo.InvariantCulture)), new S.ColumnOffset("19050"),
                new S.RowId(picture.RowIndex.ToString(CultureInfo.InvariantCulture)), new S.RowOffset("19050")),
            new S.Extent { Cx = width, Cy = height },
            new S.Picture(
                new S.NonVisualPictureProperties(
                    new S.NonVisualDrawingProperties { Id = id, Name = $"Picture {picture.RowIndex}", Description = SafeText.Clean(picture.Name) },
                    new S.NonVisualPictureDrawingProperties(new A.PictureLocks { NoChangeAspect = true })),
                new S.BlipFill(new A.Blip { Embed = imageId }, new A.Stretch(new A.FillRectangle())),
                new S.ShapeProperties(
                    new A.Transform2D(new A.Offset { X = 0, Y = 0 }, new A.Extents { Cx = width, Cy = height }),
                    new A.PresetGeometry(new A.AdjustValueList()) { Preset = A.ShapeTypeValues.Rectangle })),
            new S.ClientData());
    }
}
