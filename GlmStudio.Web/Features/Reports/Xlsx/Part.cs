namespace GlmStudio.Web.Features.Reports.Xlsx;

/// <summary>Names of parts, their media types and their relations (ECMA-376 part 1, §11 to §15).</summary>
internal static class Part
{
    public const string Workbook = "/xl/workbook.xml";
    public const string Styles = "/xl/styles.xml";

    public const string WorkbookType = Sheet + "sheet.main+xml";
    public const string WorksheetType = Sheet + "worksheet+xml";
    public const string StylesType = Sheet + "styles+xml";
    public const string DrawingType = "application/vnd.openxmlformats-officedocument.drawing+xml";
    public const string ChartType = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml";

    public const string ToWorkbook = Relation + "officeDocument";
    public const string ToWorksheet = Relation + "worksheet";
    public const string ToStyles = Relation + "styles";
    public const string ToDrawing = Relation + "drawing";
    public const string ToChart = Relation + "chart";
    public const string ToImage = Relation + "image";

    private const string Sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
    private const string Relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
}
