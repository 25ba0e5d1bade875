using Microsoft.Extensions.Options;

namespace GlmStudio.Web.Features.Datasets.Labels;

/// <summary>Reads label files people bring: Excel new and old, CSV in the encodings Excel and Chinese Windows write.</summary>
public sealed class SheetReader(IOptions<DatasetOptions> options)
{
    /// <summary>All sheets of a file that have at least one row.</summary>
    /// <param name="content">The file, read to the end.</param>
    /// <param name="fileName">Its name, for messages and as the name of a CSV's only sheet.</param>
    /// <param name="cancellation">Stops the transfer.</param>
    /// <exception cref="SheetException">The file cannot be read, or is larger than the limits.</exception>
    public async Task<IReadOnlyList<Sheet>> ReadAsync(Stream content, string fileName, CancellationToken cancellation)
    {
        using var buffer = await BufferAsync(content, cancellation);
        var sheets = IsZip(buffer) || IsOle(buffer) ? ExcelSheets.Read(buffer, IsZip(buffer), options.Value) : CsvSheets.Read(buffer, fileName, options.Value);
        var filled = sheets.Where(s => s.Columns.Count > 0).ToList();
        return filled.Count > 0 ? filled : throw new SheetException($"{fileName} has no rows. Its first row should name the columns.");
    }

    private async Task<MemoryStream> BufferAsync(Stream content, CancellationToken cancellation)
    {
        var buffer = new MemoryStream();
        var block = new byte[1 << 16];
        int read;
        while ((read = await content.ReadAsync(block, cancellation)) > 0)
        {
            if (buffer.Length + read > options.Value.MaxSheetBytes)
                throw new SheetException($"The label sheet is larger than the limit of {options.Value.MaxSheetBytes >> 20} MB.");
            buffer.Write(block, 0, read);
        }
        if (buffer.Length == 0) throw new SheetException("The label sheet is empty (0 bytes).");
        buffer.Position = 0;
        return buffer;
    }

    private static bool IsZip(MemoryStream file) => Start(file).StartsWith("PK"u8);

    private static bool IsOle(MemoryStream file) => Start(file).StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]);

    private static ReadOnlySpan<byte> Start(MemoryStream file) => file.GetBuffer().AsSpan(0, (int)Math.Min(8, file.Length));
}
