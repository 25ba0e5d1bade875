using System.Globalization;
using DocumentFormat.OpenXml;
using GlmStudio.Web.Domain.Scores;
using GlmStudio.Web.Features.Reports.Xlsx;
using A = DocumentFormat.OpenXml.Drawing;
using C = DocumentFormat.OpenXml.Drawing.Charts;
using S = DocumentFormat.OpenXml.Drawing.Spreadsheet;

namespace GlmStudio.Web.Features.Reports;

/// <summary>The bar chart of the Summary sheet: exact rate of each field as the engine answered and after corrections.</summary>
internal sealed class ExactChart(ReportBook book)
{
    private const string ChartPart = "/xl/charts/chart1.xml";

    private string Title => book.L["Exact rate of each field"];

    public void Write(string drawingPart, BatchScore score)
    {
        var id = book.Package.Relate(drawingPart, Part.ToChart, ChartPart);
        using (var drawing = book.Package.OpenXml(drawingPart, Part.DrawingType)) new S.WorksheetDrawing(Anchor(id)).WriteTo(drawing);
        using var chart = book.Package.OpenXml(ChartPart, Part.ChartType);
        Chart(score).WriteTo(chart);
    }

    private S.TwoCellAnchor Anchor(string chartId) => new(
        new S.FromMarker(new S.ColumnId("2"), new S.ColumnOffset("200000"), new S.RowId("1"), new S.RowOffset("0")),
        new S.ToMarker(new S.ColumnId("12"), new S.ColumnOffset("0"), new S.RowId("22"), new S.RowOffset("0")),
        new S.GraphicFrame(
            new S.NonVisualGraphicFrameProperties(
                new S.NonVisualDrawingProperties { Id = 2, Name = Title, Description = Title },
                new S.NonVisualGraphicFrameDrawingProperties()),
            new S.Transform(new A.Offset { X = 0, Y = 0 }, new A.Extents { Cx = 0, Cy = 0 }),
            new A.Graphic(new A.GraphicData(new C.ChartReference { Id = chartId }) { Uri = "http://schemas.openxmlformats.org/drawingml/2006/chart" }))
        { Macro = "" },
        new S.ClientData());

    private C.ChartSpace Chart(BatchScore score)
    {
        var names = score.Engine.Fields.Select(f => f.Field.Label).ToArray();
        var plot = new C.PlotArea(new C.Layout(),
            new C.BarChart(
                new C.BarDirection { Val = C.BarDirectionValues.Column }, new C.BarGrouping { Val = C.BarGroupingValues.Clustered },
                new C.VaryColors { Val = false },
                Series(0, FieldsSheet.EngineRateColumn, book.L["Engine"], "3F51B5", names, score.Engine),
                Series(1, FieldsSheet.CorrectedRateColumn, book.L["After corrections"], "26A69A", names, score.Corrected),
                new C.GapWidth { Val = 80 }, new C.AxisId { Val = 1 }, new C.AxisId { Val = 2 }),
            new C.CategoryAxis(
                new C.AxisId { Val = 1 }, new C.Scaling(new C.Orientation { Val = C.OrientationValues.MinMax }), new C.Delete { Val = false },
                new C.AxisPosition { Val = C.AxisPositionValues.Bottom }, new C.CrossingAxis { Val = 2 }),
            new C.ValueAxis(
                new C.AxisId { Val = 2 },
                new C.Scaling(new C.Orientation { Val = C.OrientationValues.MinMax }, new C.MaxAxisValue { Val = 1 }, new C.MinAxisValue { Val = 0 }),
                new C.Delete { Val = false }, new C.AxisPosition { Val = C.AxisPositionValues.Left }, new C.MajorGridlines(),
                new C.NumberingFormat { FormatCode = "0%", SourceLinked = false }, new C.CrossingAxis { Val = 1 }));
        return new C.ChartSpace(new C.Chart(
            new C.Title(
                new C.ChartText(new C.RichText(new A.BodyProperties(), new A.Paragraph(new A.Run(new A.Text(Title))))),
                new C.Overlay { Val = false }),
            new C.AutoTitleDeleted { Val = false }, plot,
            new C.Legend(new C.LegendPosition { Val = C.LegendPositionValues.Bottom }, new C.Overlay { Val = false }),
            new C.PlotVisibleOnly { Val = true }));
    }

    private C.BarChartSeries Series(uint index, string column, string name, string colour, string[] fields, SideScore side) => new(
        new C.Index { Val = index }, new C.Order { Val = index }, new C.SeriesText(new C.NumericValue(name)),
        new C.ChartShapeProperties(new A.SolidFill(new A.RgbColorModelHex { Val = colour })),
        new C.InvertIfNegative { Val = false },
        new C.CategoryAxisData(new C.StringReference(new C.Formula(Range("A", fields.Length)), new C.StringCache(Points(fields)))),
        new C.Values(new C.NumberReference(new C.Formula(Range(column, fields.Length)),
            new C.NumberingCache([new C.FormatCode("0.0%"), .. Points([.. side.Fields.Select(f => f.Counts.ExactRate is { } rate
                ? rate.ToString("R", CultureInfo.InvariantCulture) : "")], numeric: true)]))));

    private string Range(string column, int fields) =>
        string.Create(CultureInfo.InvariantCulture, $"'{book.FieldsName}'!${column}$2:${column}${fields + 1}");

    /// <summary>The values as last computed: viewers that do not calculate draw the chart from them.</summary>
    private static IEnumerable<OpenXmlElement> Points(string[] values, bool numeric = false) =>
    [
        new C.PointCount { Val = (uint)values.Length },
        .. values.Index().Where(v => v.Item.Length > 0).Select(v => numeric
            ? (OpenXmlElement)new C.NumericPoint(new C.NumericValue(v.Item)) { Index = (uint)v.Index }
            : new C.StringPoint(new C.NumericValue(SafeText.Clean(v.Item))) { Index = (uint)v.Index }),
    ];
}
