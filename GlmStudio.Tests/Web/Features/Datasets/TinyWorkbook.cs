using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Sheet = DocumentFormat.OpenXml.Spreadsheet.Sheet;

namespace GlmStudio.Tests.Web.Features.Datasets;

/// <summary>Small .xlsx files: strings as text cells, numbers as numbers, dates as date cells; a tuple gives a number a format.</summary>
internal static class TinyWorkbook
{
    public static MemoryStream Of(params object?[][] rows) => Of(("Sheet1", rows));

    public static MemoryStream Of(params (string Name, object?[][] Rows)[] sheets)
    {
        var file = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(file, SpreadsheetDocumentType.Workbook))
        {
            var book = document.AddWorkbookPart();
            book.Workbook = new Workbook(new Sheets());
            var formats = new List<string> { "General", "yyyy\\-mm\\-dd" };
            foreach (var (name, rows) in sheets)
            {
                var part = book.AddNewPart<WorksheetPart>();
                part.Worksheet = new Worksheet(new SheetData(rows.Select(r => new Row(r.Select(c => Cell(c, formats))))));
                book.Workbook.Sheets!.Append(new Sheet { Name = name, Id = book.GetIdOfPart(part), SheetId = (uint)book.Workbook.Sheets.Count() + 1 });
            }
            book.AddNewPart<WorkbookStylesPart>().Stylesheet = Styles(formats);
        }
        file.Position = 0;
        return file;
    }

    private static Cell Cell(object? value, List<string> formats) => value switch
    {
        null => new Cell(),
        string text => new Cell { DataType = CellValues.InlineString, InlineString = new InlineString(new Text(text)) },
        DateTime date => new Cell { CellValue = new CellValue(date.ToOADate()), StyleIndex = 1 },
        (double number, string format) => new Cell { CellValue = new CellValue(number), StyleIndex = Style(format, formats) },
        _ => new Cell { CellValue = new CellValue(Convert.ToDouble(value, System.Globalization.CultureInfo.InvariantCulture)) },
    };

    private static uint Style(string format, List<string> formats)
    {
        if (!formats.Contains(format)) formats.Add(format);
        return (uint)formats.IndexOf(format);
    }

    private static Stylesheet Styles(List<string> formats) => new(
        new NumberingFormats(formats.Skip(1).Select((f, at) => new NumberingFormat { NumberFormatId = (uint)(164 + at), FormatCode = f })),
        new Fonts(new Font()), new Fills(new Fill()), new Borders(new Border()), new CellStyleFormats(new CellFormat()),
        new CellFormats(formats.Select((_, at) => new CellFormat { NumberFormatId = at == 0 ? 0 : (uint)(163 + at), ApplyNumberFormat = true })));
}
