using System.IO.Compression;
using System.Text;
using ExcelDataReader;
using ExcelDataReader.Exceptions;

namespace GlmStudio.Web.Features.Datasets.Labels;

/// <summary>Excel workbooks, .xlsx and .xls.</summary>
internal static class ExcelSheets
{
    private const int MaxParts = 5_000;

    static ExcelSheets() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static IReadOnlyList<Sheet> Read(MemoryStream file, bool isZip, DatasetOptions limits)
    {
        try
        {
            if (isZip) CheckUnpackedSize(file, limits);
            file.Position = 0;
            using var reader = ExcelReaderFactory.CreateReader(file, new ExcelReaderConfiguration { LeaveOpen = true, FallbackEncoding = Encoding.GetEncoding("GB18030") });
            var sheets = new List<Sheet>();
            var cells = 0L;
            do sheets.Add(Sheet.Of(reader.Name, Rows(reader, limits, ref cells)));
            while (reader.NextResult());
            return sheets;
        }
        catch (InvalidPasswordException e)
        {
            throw new SheetException("The workbook is protected by a password. Save it without one.", e);
        }
        catch (Exception e) when (e is not SheetException and not OutOfMemoryException)
        {
            // The reader throws whatever a damaged file makes it stumble over: for the caller they are all one thing.
            throw new SheetException("The workbook is damaged or not an Excel file. Open it in Excel and save it again as .xlsx.", e);
        }
    }

    private static List<string[]> Rows(IExcelDataReader reader, DatasetOptions limits, ref long cells)
    {
        var rows = new List<string[]>();
        while (reader.Read())
        {
            var width = reader.FieldCount;
            if (width > limits.MaxSheetColumns) width = LastFilled(reader) + 1;
            if (width > limits.MaxSheetColumns) throw TooMany("columns", limits.MaxSheetColumns);
            if (rows.Count > limits.MaxSheetRows) throw TooMany("rows", limits.MaxSheetRows);
            if ((cells += width) > limits.MaxSheetCells) throw TooMany("cells", limits.MaxSheetCells);
            var row = new string[width];
            for (var at = 0; at < width; at++) row[at] = CellText.Of(reader.GetValue(at), reader.GetNumberFormatString(at));
            rows.Add(row);
        }
        return rows;
    }

    private static int LastFilled(IExcelDataReader reader)
    {
        for (var at = reader.FieldCount - 1; at >= 0; at--)
            if (reader.GetValue(at) is not null) return at;
        return -1;
    }

    // Sizes in a zip's directory can lie: every part is unpacked once, counted and thrown away, before anything keeps it in memory.
    private static void CheckUnpackedSize(MemoryStream file, DatasetOptions limits)
    {
        using var archive = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
        if (archive.Entries.Count > MaxParts) throw TooMany("parts", MaxParts);
        var block = new byte[1 << 16];
        var total = 0L;
        foreach (var entry in archive.Entries)
        {
            using var part = entry.Open();
            int read;
            while ((read = part.Read(block)) > 0)
                if ((total += read) > limits.MaxUnpackedSheetBytes)
                    throw new SheetException($"The workbook unpacks to more than {limits.MaxUnpackedSheetBytes >> 20} MB. Keep only the label columns and save it again.");
        }
    }

    private static SheetException TooMany(string what, int limit) => new($"The workbook has more than {limit:N0} {what}. Keep only the label columns and rows.");
}
