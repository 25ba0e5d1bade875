using System.Globalization;
using DocumentFormat.OpenXml.Spreadsheet;
using GlmStudio.Web.Data;
using GlmStudio.Web.Domain.Confidence;
using GlmStudio.Web.Features.Reports.Xlsx;
using Microsoft.Extensions.Localization;

namespace GlmStudio.Web.Features.Reports;

/// <summary>What the sheets share: the package, the batch, the language, and the workbook that lists them.</summary>
internal sealed class ReportBook(XlsxPackage package, ScoredBatch batch, IStringLocalizer l)
{
    public XlsxPackage Package => package;
    public ScoredBatch Batch => batch;
    public IStringLocalizer L => l;

    /// <summary>Turns raw scores into confidences; null where nothing is calibrated.</summary>
    public Calibration? Calibration { get; init; }

    public string SummaryName => l["Summary"];
    public string FieldsName => l["Fields"];
    public string RowsName => l["Rows"];

    public static string SheetPart(int number) => string.Create(CultureInfo.InvariantCulture, $"/xl/worksheets/sheet{number}.xml");

    /// <summary>Writes the workbook and the styles, and closes the ring of references. Call once, last.</summary>
    /// <param name="lastColumn">Letters of the Rows sheet's last column.</param>
    /// <param name="lastRow">Its last row.</param>
    public void WriteWorkbook(string lastColumn, int lastRow)
    {
        using (var styles = package.OpenXml(Part.Styles, Part.StylesType)) BookStyles.Create().WriteTo(styles);
        package.Relate("", Part.ToWorkbook, Part.Workbook);
        string[] names = [SummaryName, FieldsName, RowsName];
        var sheets = new Sheets(names.Select((name, i) => new Sheet
        {
            Name = name, SheetId = (uint)i + 1, Id = package.Relate(Part.Workbook, Part.ToWorksheet, SheetPart(i + 1)),
        }));
        package.Relate(Part.Workbook, Part.ToStyles, Part.Styles);
        // Excel wants the range of an automatic filter under this name too.
        var filter = new DefinedName(string.Create(CultureInfo.InvariantCulture, $"'{RowsName}'!$A$1:${lastColumn}${lastRow}"))
        {
            Name = "_xlnm._FilterDatabase", LocalSheetId = 2, Hidden = true,
        };
        using var workbook = package.OpenXml(Part.Workbook, Part.WorkbookType);
        new Workbook(sheets, new DefinedNames(filter)).WriteTo(workbook);
    }
}
