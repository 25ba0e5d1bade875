using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Domain.Journal;
using GlmStudio.Web.Features.Batches.Running;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Web.Features.Batches.Journal;

/// <summary>Finds an answered row that is the same work and takes its answer: readings, boxes and evidence as the engine gave them, under the rules of
/// this batch, and nothing of what people said.</summary>
public sealed class ReuseAnswer(IDbContextFactory<StudioDbContext> databases)
{
    /// <summary>The answer, or null where the same work was never answered.</summary>
    public async Task<RowAnswer?> HandleAsync(long rowId, string identity, Question question, CancellationToken cancellation)
    {
        await using var db = databases.CreateDbContext();
        // A row that the engine answered before one that took over an answer itself.
        var source = await db.Rows.AsNoTracking().Include(r => r.Cells).Where(r => r.Identity == identity && r.Id != rowId && r.Answer != null
                && (r.Status == RowStatus.Answered || r.Status == RowStatus.InReview || r.Status == RowStatus.Accepted))
            .OrderBy(r => r.ReusedFromRowId == null ? 0 : 1).ThenBy(r => r.Id).FirstOrDefaultAsync(cancellation);
        if (source is null) return null;
        var tokens = await db.Journal.Where(e => e.RowId == source.Id && e.Tokens != null && (e.Event == JournalEvent.Answered || e.Event == JournalEvent.Reused))
            .OrderByDescending(e => e.Id).Select(e => e.Tokens).FirstOrDefaultAsync(cancellation);
        var asked = question.Fields.Where(f => !f.IsComputed).Select(f => f.Key).ToHashSet(StringComparer.Ordinal);
        List<Cell> cells = [.. source.Cells.Where(c => asked.Contains(c.FieldKey)).OrderBy(c => c.Id).Select(Reading)];
        question.Rules.Apply(cells);
        return new RowAnswer(source.Answer!, 0, cells)
        {
            Source = new AnswerSource(source.ReusedFromRowId ?? source.Id, source.ReusedFromBatchId ?? source.BatchId, tokens),
        };
    }

    private static Cell Reading(Cell cell) => new() { FieldKey = cell.FieldKey, Value = cell.Read, Score = cell.Score, Evidence = cell.Evidence, Box = cell.Box };
}
