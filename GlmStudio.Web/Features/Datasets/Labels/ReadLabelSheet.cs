namespace GlmStudio.Web.Features.Datasets.Labels;

/// <summary>What a label file holds, before anything is imported: sheets, columns, first rows.</summary>
public sealed class ReadLabelSheet(SheetReader reader)
{
    private const int PreviewRows = 20;

    /// <summary>Reads the file, or says why it cannot be read.</summary>
    public async Task<LabelSheetReading> HandleAsync(Stream content, string fileName, CancellationToken cancellation)
    {
        try
        {
            var sheets = await reader.ReadAsync(content, fileName, cancellation);
            return new LabelSheetReading([.. sheets.Select(s => new SheetPreview(s.Name, s.Columns, [.. s.Rows.Take(PreviewRows)], s.Rows.Count))], null);
        }
        catch (SheetException e)
        {
            return new LabelSheetReading([], e.Message);
        }
    }
}

/// <param name="Sheets">Sheets with at least a header.</param>
/// <param name="Problem">Why the file cannot be read, or null.</param>
public sealed record LabelSheetReading(IReadOnlyList<SheetPreview> Sheets, string? Problem);

/// <summary>A sheet's name, columns, first rows and number of rows.</summary>
public sealed record SheetPreview(string Name, IReadOnlyList<string> Columns, IReadOnlyList<string[]> FirstRows, int RowCount);
