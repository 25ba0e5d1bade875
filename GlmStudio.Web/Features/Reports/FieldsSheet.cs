using GlmStudio.Engine;
using GlmStudio.Web.Domain.Scores;
using GlmStudio.Web.Features.Reports.Xlsx;
using GlmStudio.Web.Widgets;

namespace GlmStudio.Web.Features.Reports;

/// <summary>One line a field with the figures of the scores page, and the rule by which it was compared.</summary>
internal sealed class FieldsSheet(ReportBook book)
{
    public const string EngineRateColumn = "I";
    public const string CorrectedRateColumn = "N";
    private static readonly double[] Widths = [24, 18, 9, 9, 9, 9, 9, 9, 11, 11, 11, 11, 12, 12, 12, 80];

    public void Write(BatchScore score)
    {
        var l = book.L;
        using var sheet = new SheetWriter(book.Package.OpenXml(ReportBook.SheetPart(2), Part.WorksheetType),
            SheetWriter.Frozen(1), SheetWriter.Widths(Widths));
        sheet.Row(CellLook.Header, l["Field"], l["Key"], l["Type"], l["Labelled cells"], l["Exact"], l["Wrong"], l["Missing"], l["Extra"],
            l["Exact rate"], l["95 % from"], l["95 % to"], l["Similarity"],
            l["Exact after corrections"], l["Exact rate after corrections"], l["Similarity after corrections"], l["Compared how"]);
        foreach (var (engine, corrected) in score.Engine.Fields.Zip(score.Corrected.Fields))
            Line(sheet, engine.Field.Label, engine.Field.Key, engine.Field.Type, engine.Counts, corrected.Counts);
        Line(sheet, l["All fields"], "", null, score.Engine.Overall, score.Corrected.Overall);
        sheet.End(SheetWriter.Landscape);
    }

    private void Line(SheetWriter sheet, string name, string key, FieldType? type, ScoreCounts engine, ScoreCounts corrected)
    {
        sheet.Row();
        sheet.Text(name);
        sheet.Text(key, CellLook.Id);
        sheet.Text(type?.ToString(), CellLook.Plain);
        foreach (var count in (int[])[engine.Cells, engine.Exact, engine.Wrong, engine.Missing, engine.Extra]) sheet.Number(count, CellLook.Plain);
        sheet.Number(engine.ExactRate, CellLook.Percent);
        sheet.Number(engine.ExactInterval?.Low, CellLook.Percent);
        sheet.Number(engine.ExactInterval?.High, CellLook.Percent);
        sheet.Number(engine.Similarity, CellLook.Percent);
        sheet.Number(corrected.Exact, CellLook.Plain);
        sheet.Number(corrected.ExactRate, CellLook.Percent);
        sheet.Number(corrected.Similarity, CellLook.Percent);
        sheet.Text(type is { } known ? book.L.Rule(known) : "");
    }
}
