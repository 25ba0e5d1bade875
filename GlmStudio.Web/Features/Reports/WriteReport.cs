using GlmStudio.Engine.Images;
using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Domain.Scores;
using GlmStudio.Web.Features.Reports.Xlsx;
using Microsoft.Extensions.Localization;

namespace GlmStudio.Web.Features.Reports;

/// <summary>Writes a batch as an .xlsx workbook: Summary, Fields, Rows. Texts are in the current UI language.</summary>
public sealed class WriteReport(BatchScores scores, Calibrations calibrations, ImageStore store, ImageReader pictures, IStringLocalizer localizer)
{
    /// <summary>Writes the whole batch. Returns false, and writes nothing, where there is no such batch.</summary>
    public Task<bool> HandleAsync(int batchId, Stream output, CancellationToken cancellation) =>
        HandleAsync(batchId, null, output, cancellation);

    /// <summary>Writes the whole batch or one of its rows, in one pass over the rows: the figures are those of the rows in the file.</summary>
    /// <param name="batchId">The batch.</param>
    /// <param name="rowId">One row only; null: all.</param>
    /// <param name="output">Where to; need not be seekable, and is written synchronously.</param>
    /// <param name="cancellation">Stops it; the output is then incomplete.</param>
    public async Task<bool> HandleAsync(int batchId, long? rowId, Stream output, CancellationToken cancellation)
    {
        if (await scores.FindAsync(batchId, null, cancellation) is not { } batch) return false;
        using var package = new XlsxPackage(output);
        var book = new ReportBook(package, batch, localizer)
        {
            Calibration = await calibrations.FindAsync(batch.Batch.TemplateVersionId, batch.Batch.Engine, cancellation),
        };
        var tally = new ScoreTally(batch.Fields);
        var totals = new RowTotals();
        var rows = new RowsSheet(book);
        await foreach (var row in rows.WriteAsync(scores.RowsAsync(batch, rowId, cancellation)))
        {
            tally.Add(row);
            totals.Add(row);
        }
        await rows.WritePicturesAsync(new ReportThumbnails(store, pictures), cancellation);
        var score = tally.Result();
        new FieldsSheet(book).Write(score);
        new SummarySheet(book).Write(score, totals, rows.PicturesLeftOut);
        book.WriteWorkbook(rows.LastColumn, totals.Rows + 1);
        return true;
    }
}

/// <summary>Counts and seconds of the rows in the file.</summary>
internal sealed class RowTotals
{
    public int Rows { get; private set; }
    public int Answered { get; private set; }
    public int Failed { get; private set; }
    public int Accepted { get; private set; }
    public double Seconds { get; private set; }

    public void Add(ScoredRow row)
    {
        Rows++;
        if (row.Facts.Status == RowStatus.Failed) Failed++;
        if (row.Facts.Status == RowStatus.Accepted) Accepted++;
        if (row.Facts.Status is not (RowStatus.Answered or RowStatus.InReview or RowStatus.Accepted)) return;
        Answered++;
        Seconds += row.Facts.Seconds;
    }
}
