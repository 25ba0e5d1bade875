using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Spreadsheet;

namespace GlmStudio.Web.Features.Reports.Xlsx;

/// <summary>The looks a cell can have; the order is the order of the formats in the stylesheet.</summary>
internal enum CellLook
{
    /// <summary>The format that spreadsheets give to empty cells.</summary>
    None,
    Plain, Title, Header, Muted, Wrapped,
    /// <summary>Text that begins like a formula: Excel keeps it as text even when somebody edits the cell.</summary>
    Quoted,
    /// <summary>Format "@": digits stay digits as typed.</summary>
    Id,
    Percent, Number, Money, Seconds, Date, DateTime,
}

/// <summary>The fills of conditional formats, by their place in the stylesheet.</summary>
internal enum Tint { Good, Bad, Warning, Changed }

/// <summary>The stylesheet: one typed list, in the order of <see cref="CellLook"/> and <see cref="Tint"/>.</summary>
internal static class BookStyles
{
    public static Stylesheet Create() => new(
        new NumberingFormats(
            new NumberingFormat { NumberFormatId = 164, FormatCode = "yyyy-mm-dd" },
            new NumberingFormat { NumberFormatId = 165, FormatCode = "yyyy-mm-dd hh:mm" }) { Count = 2 },
        new Fonts(
            new Font(new FontSize { Val = 11 }, new FontName { Val = "Calibri" }),
            new Font(new Bold(), new FontSize { Val = 11 }, new Color { Rgb = "FFFFFFFF" }, new FontName { Val = "Calibri" }),
            new Font(new Bold(), new FontSize { Val = 15 }, new FontName { Val = "Calibri" }),
            new Font(new FontSize { Val = 10 }, new Color { Rgb = "FF6B7280" }, new FontName { Val = "Calibri" })) { Count = 4 },
        new Fills(
            new Fill(new PatternFill { PatternType = PatternValues.None }),
            new Fill(new PatternFill { PatternType = PatternValues.Gray125 }),
            new Fill(new PatternFill(new ForegroundColor { Rgb = "FF3F51B5" }, new BackgroundColor { Indexed = 64 }) { PatternType = PatternValues.Solid }))
        { Count = 3 },
        new Borders(new Border(new LeftBorder(), new RightBorder(), new TopBorder(), new BottomBorder(), new DiagonalBorder())) { Count = 1 },
        new CellStyleFormats(new CellFormat()) { Count = 1 },
        new CellFormats(Formats()) { Count = (uint)Enum.GetValues<CellLook>().Length },
        new CellStyles(new CellStyle { Name = "Normal", FormatId = 0, BuiltinId = 0 }) { Count = 1 },
        new DifferentialFormats(
            Tinted("FF0F5132", "FFD1E7DD"), Tinted("FF842029", "FFF8D7DA"), Tinted("FF664D03", "FFFFF3CD"), Tinted("FF084298", "FFCFE2FF")) { Count = 4 });

    private static IEnumerable<OpenXmlElement> Formats() => Enum.GetValues<CellLook>().Select(look => look switch
    {
        CellLook.Title => Format(font: 2),
        CellLook.Header => Format(font: 1, fill: 2, wrap: true),
        CellLook.Muted => Format(font: 3),
        CellLook.Wrapped => Format(wrap: true),
        CellLook.Quoted => Format(wrap: true, quoted: true),
        CellLook.Id => Format(number: 49, wrap: true),
        CellLook.Percent => Format(number: 10),
        CellLook.Number => Format(number: 0),
        CellLook.Money => Format(number: 4),
        CellLook.Seconds => Format(number: 2),
        CellLook.Date => Format(number: 164),
        CellLook.DateTime => Format(number: 165),
        _ => Format(),
    });

    private static CellFormat Format(uint number = 0, uint font = 0, uint fill = 0, bool wrap = false, bool quoted = false) =>
        new(new Alignment { Vertical = VerticalAlignmentValues.Top, WrapText = wrap })
        {
            NumberFormatId = number, FontId = font, FillId = fill, BorderId = 0, FormatId = 0, QuotePrefix = quoted ? true : null,
            ApplyNumberFormat = number != 0, ApplyFont = font != 0, ApplyFill = fill != 0, ApplyAlignment = true,
        };

    private static DifferentialFormat Tinted(string text, string background) =>
        new(new Font(new Color { Rgb = text }), new Fill(new PatternFill(new BackgroundColor { Rgb = background })));
}
