using System.Globalization;
using System.Xml;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Spreadsheet;

namespace GlmStudio.Web.Features.Reports.Xlsx;

/// <summary>One worksheet, written cell by cell; what stands around the cells comes as typed elements in the schema's order.</summary>
internal sealed class SheetWriter : IDisposable
{
    private const string Namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private readonly XmlWriter _xml;
    private int _column;
    private bool _inRow;

    /// <param name="xml">The part; disposed with this.</param>
    /// <param name="before">Sheet views and columns.</param>
    public SheetWriter(XmlWriter xml, params ReadOnlySpan<OpenXmlElement> before)
    {
        _xml = xml;
        _xml.WriteStartElement("worksheet", Namespace);
        new SheetProperties(new PageSetupProperties { FitToPage = true }).WriteTo(_xml);
        foreach (var element in before) element.WriteTo(_xml);
        _xml.WriteStartElement("sheetData", Namespace);
    }

    /// <summary>The row being written, 1 for the first.</summary>
    public int RowNumber { get; private set; }

    /// <summary>Prints across the page, as many pages down as it takes.</summary>
    public static PageSetup Landscape => new() { Orientation = OrientationValues.Landscape, FitToWidth = 1, FitToHeight = 0 };

    /// <summary>A frozen first row; the first <paramref name="columns"/> columns stay too.</summary>
    public static SheetViews Frozen(int columns, bool selected = false) => new(new SheetView(new Pane
    {
        HorizontalSplit = columns == 0 ? null : columns, VerticalSplit = 1, TopLeftCell = $"{Letters(columns + 1)}2",
        ActivePane = columns == 0 ? PaneValues.BottomLeft : PaneValues.BottomRight, State = PaneStateValues.Frozen,
    }) { WorkbookViewId = 0, TabSelected = selected });

    public static Columns Widths(IEnumerable<double> widths) => new(widths.Select((width, i) =>
        new Column { Min = (uint)i + 1, Max = (uint)i + 1, Width = width, CustomWidth = true }));

    /// <summary>A, B … Z, AA …: the name of column 1, 2 …</summary>
    public static string Letters(int column) =>
        column <= 26 ? ((char)('A' + column - 1)).ToString() : Letters((column - 1) / 26) + Letters(((column - 1) % 26) + 1);

    /// <param name="points">Height; null fits the text.</param>
    public void Row(double? points = null)
    {
        EndRow();
        RowNumber++;
        _column = 0;
        _inRow = true;
        _xml.WriteStartElement("row", Namespace);
        _xml.WriteAttributeString("r", RowNumber.ToString(CultureInfo.InvariantCulture));
        if (points is not { } height) return;
        _xml.WriteAttributeString("ht", height.ToString(CultureInfo.InvariantCulture));
        _xml.WriteAttributeString("customHeight", "1");
    }

    public void Row(CellLook look, params ReadOnlySpan<string> texts)
    {
        Row(look switch { CellLook.Header => 32, CellLook.Title => 24, _ => null });
        foreach (var text in texts) Text(text, look);
    }

    /// <summary>Text in any content; null and empty leave the cell empty.</summary>
    public void Text(string? text, CellLook look = CellLook.Wrapped)
    {
        if (string.IsNullOrEmpty(text)) { Skip(); return; }
        StartCell(look == CellLook.Wrapped && SafeText.LooksLikeFormula(text) ? CellLook.Quoted : look, "inlineStr");
        _xml.WriteStartElement("is", Namespace);
        _xml.WriteStartElement("t", Namespace);
        _xml.WriteAttributeString("xml", "space", null, "preserve");
        _xml.WriteString(SafeText.Clean(text));
        _xml.WriteEndElement();
        _xml.WriteEndElement();
        _xml.WriteEndElement();
    }

    public void Number(double? number, CellLook look = CellLook.Number)
    {
        if (number is not { } value || !double.IsFinite(value)) { Skip(); return; }
        StartCell(look, null);
        _xml.WriteElementString("v", Namespace, value.ToString("R", CultureInfo.InvariantCulture));
        _xml.WriteEndElement();
    }

    public void Date(DateTime? date, CellLook look = CellLook.Date) => Number(date?.ToOADate(), look);

    public void Skip() => _column++;

    /// <summary>Ends the cells and writes what follows them: filters, conditional formats, drawings.</summary>
    public void End(params ReadOnlySpan<OpenXmlElement> after)
    {
        EndRow();
        _xml.WriteEndElement();
        foreach (var element in after) element.WriteTo(_xml);
        _xml.WriteEndElement();
    }

    public void Dispose() => _xml.Dispose();

    private void StartCell(CellLook look, string? type)
    {
        _column++;
        _xml.WriteStartElement("c", Namespace);
        _xml.WriteAttributeString("r", string.Create(CultureInfo.InvariantCulture, $"{Letters(_column)}{RowNumber}"));
        if (look != CellLook.None) _xml.WriteAttributeString("s", ((int)look).ToString(CultureInfo.InvariantCulture));
        if (type is not null) _xml.WriteAttributeString("t", type);
    }

    private void EndRow()
    {
        if (_inRow) _xml.WriteEndElement();
        _inRow = false;
    }
}
