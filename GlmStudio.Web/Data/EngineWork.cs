using GlmStudio.Web.Domain;

namespace GlmStudio.Web.Data;

/// <summary>Which rows say something about an engine's pace.</summary>
public static class EngineWork
{
    /// <summary>Rows that the engine was asked for and is done with. An answer taken from an earlier row takes no time of the engine.</summary>
    public static IQueryable<Row> AskedOfTheEngine(this IQueryable<Row> rows) =>
        rows.Where(r => r.Attempts > 0 && r.ReusedFromRowId == null && r.Status != RowStatus.Queued && r.Status != RowStatus.Running && r.Status != RowStatus.Cancelled);
}
