using System.Text;
using CsvHelper;

namespace GlmStudio.Web.Features.Datasets.Labels;

/// <summary>Comma, semicolon, tab or bar separated text.</summary>
internal static class CsvSheets
{
    private const int MaxRecordBytes = 4 << 20;

    static CsvSheets() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static IReadOnlyList<Sheet> Read(MemoryStream file, string fileName, DatasetOptions limits)
    {
        var text = Decode(file.GetBuffer().AsSpan(0, (int)file.Length));
        if (text.Contains('\0')) throw new SheetException($"{fileName} is neither an Excel workbook nor text. Label sheets are .xlsx, .xls or .csv.");
        try
        {
            // The separator is found from the first lines: comma, semicolon, tab or bar.
            using var reader = CsvReader.FromText(text, new CsvReaderOptions { HasHeader = false, TrimWhitespace = true, MaxRecordSize = MaxRecordBytes });
            return [Sheet.Of(Path.GetFileNameWithoutExtension(fileName), Rows(reader, limits))];
        }
        catch (CsvFormatException e)
        {
            throw new SheetException($"{fileName} cannot be read as CSV: {e.Message}", e);
        }
    }

    /// <summary>A byte order mark decides; else zero bytes in every other place are UTF-16; else text that is valid UTF-8 is; else GB18030.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF])) return Encoding.UTF8.GetString(bytes[3..]);
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE])) return Encoding.Unicode.GetString(bytes[2..]);
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF])) return Encoding.BigEndianUnicode.GetString(bytes[2..]);
        if (Utf16Guess(bytes) is { } utf16) return utf16.GetString(bytes);
        return System.Text.Unicode.Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : Encoding.GetEncoding("GB18030").GetString(bytes);
    }

    private static Encoding? Utf16Guess(ReadOnlySpan<byte> bytes)
    {
        var sample = bytes[..Math.Min(bytes.Length & ~1, 4096)];
        int even = 0, odd = 0;
        for (var at = 0; at < sample.Length; at += 2)
        {
            if (sample[at] == 0) even++;
            if (sample[at + 1] == 0) odd++;
        }
        // Commas, digits and line ends give a zero byte each, even in a sheet that is otherwise Chinese.
        if (odd > sample.Length / 20 && even == 0) return Encoding.Unicode;
        return even > sample.Length / 20 && odd == 0 ? Encoding.BigEndianUnicode : null;
    }

    private static List<string[]> Rows(CsvReader reader, DatasetOptions limits)
    {
        var rows = new List<string[]>();
        var cells = 0L;
        while (reader.Read())
        {
            var row = reader.Current.ToArray();
            if (row.Length > limits.MaxSheetColumns) throw TooMany("columns", limits.MaxSheetColumns);
            if (rows.Count > limits.MaxSheetRows) throw TooMany("rows", limits.MaxSheetRows);
            if ((cells += row.Length) > limits.MaxSheetCells) throw TooMany("cells", limits.MaxSheetCells);
            rows.Add(row);
        }
        return rows;
    }

    private static SheetException TooMany(string what, int limit) => new($"The file has more than {limit:N0} {what}. Keep only the label columns and rows.");
}
