using System.Globalization;
using DocumentFormat.OpenXml.Spreadsheet;
using GlmStudio.Web.Domain.Scores;
using GlmStudio.Web.Features.Reports.Xlsx;

namespace GlmStudio.Web.Features.Reports;

/// <summary>What the batch was, how it ended, the headline figures and a chart of the exact rate of each field.</summary>
internal sealed class SummarySheet(ReportBook book)
{
    private const string DrawingPart = "/xl/drawings/drawing1.xml";
    private static readonly string Sheet = ReportBook.SheetPart(1);

    public void Write(BatchScore score, RowTotals totals, int picturesLeftOut)
    {
        var hasChart = score.HasLabels;
        using (var sheet = new SheetWriter(book.Package.OpenXml(Sheet, Part.WorksheetType),
            new SheetViews(new SheetView { WorkbookViewId = 0, TabSelected = true, ShowGridLines = false }), SheetWriter.Widths([34, 28])))
        {
            sheet.Row(CellLook.Title, book.Batch.Batch.Name);
            sheet.Row(CellLook.Muted, ClosingLine(totals));
            sheet.Row();
            Facts(sheet, totals);
            sheet.Row();
            if (hasChart) Headline(sheet, score);
            Notes(sheet, score, picturesLeftOut);
            if (hasChart) sheet.End(SheetWriter.Landscape, new Drawing { Id = book.Package.Relate(Sheet, Part.ToDrawing, DrawingPart) });
            else sheet.End(SheetWriter.Landscape);
        }
        if (hasChart) new ExactChart(book).Write(DrawingPart, score);
    }

    private string ClosingLine(RowTotals totals)
    {
        var (l, peak) = (book.L, book.Batch.Batch.PeakMemoryBytes);
        return totals.Answered > 0 && peak > 0
            ? l["{0}/{1} answered, {2:0.0} s an image, peak memory {3:0.0} GB", totals.Answered, totals.Rows, totals.Seconds / totals.Answered, peak / 1e9]
            : l["{0}/{1} answered", totals.Answered, totals.Rows];
    }

    private void Facts(SheetWriter sheet, RowTotals totals)
    {
        var (l, batch) = (book.L, book.Batch.Batch);
        Fact(sheet, l["Dataset"], batch.Dataset?.Name);
        Fact(sheet, l["Template"], batch.TemplateVersion is { } v ? string.Create(CultureInfo.InvariantCulture, $"{v.Template?.Name} · v{v.Number}") : null);
        Fact(sheet, l["Engine"], batch.Engine);
        Fact(sheet, l["Labels"], book.Batch.LabelSet?.Name ?? l["none"]);
        Date(sheet, l["Created (UTC)"], batch.CreatedAt);
        Date(sheet, l["Finished (UTC)"], batch.FinishedAt);
        Number(sheet, l["Rows in this file"], totals.Rows);
        Number(sheet, l["Answered"], totals.Answered);
        Number(sheet, l["Failed"], totals.Failed);
        Number(sheet, l["Accepted"], totals.Accepted);
    }

    private void Headline(SheetWriter sheet, BatchScore score)
    {
        var l = book.L;
        sheet.Row(CellLook.Header, l["Accuracy"], " ");
        var (engine, corrected) = (score.Engine.Overall, score.Corrected.Overall);
        Number(sheet, l["Exact cells"], engine.ExactRate, CellLook.Percent);
        if (engine.ExactInterval is { } interval)
            Fact(sheet, l["95 % interval"], string.Create(CultureInfo.InvariantCulture, $"{interval.Low:0.0%} – {interval.High:0.0%}"));
        Number(sheet, l["Similarity"], engine.Similarity, CellLook.Percent);
        Number(sheet, l["Exact after corrections"], corrected.ExactRate, CellLook.Percent);
        Number(sheet, l["Rows exact in every field"], score.Engine.ExactRows);
        Number(sheet, l["Labelled rows"], score.LabelledRows);
        sheet.Row();
    }

    private void Notes(SheetWriter sheet, BatchScore score, int picturesLeftOut)
    {
        var l = book.L;
        if (score.HasLabels)
            Note(sheet, l["Exact means equal after the normalisation named on the Fields sheet. Every label of a failed row counts as missing; rows not answered yet or cancelled do not count."]);
        else Note(sheet, l["Not scored: this batch has no labels."]);
        if (picturesLeftOut > 0)
            Note(sheet, l["The first {0} rows have a picture; the other {1} are without, so that the file opens quickly.", RowsSheet.MaxPictures, picturesLeftOut]);
    }

    private static void Note(SheetWriter sheet, string text)
    {
        sheet.Row();
        sheet.Text(text, CellLook.Muted);
    }

    private static void Fact(SheetWriter sheet, string name, string? value)
    {
        sheet.Row();
        sheet.Text(name, CellLook.Plain);
        sheet.Text(value);
    }

    private static void Number(SheetWriter sheet, string name, double? value, CellLook look = CellLook.Number)
    {
        sheet.Row();
        sheet.Text(name, CellLook.Plain);
        sheet.Number(value, look);
    }

    private static void Date(SheetWriter sheet, string name, DateTime? value)
    {
        sheet.Row();
        sheet.Text(name, CellLook.Plain);
        sheet.Date(value, CellLook.DateTime);
    }
}
