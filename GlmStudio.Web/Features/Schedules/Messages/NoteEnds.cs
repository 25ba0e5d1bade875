using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace GlmStudio.Web.Features.Schedules.Messages;

/// <summary>Finds batches of schedules that have ended, or that wait for a person because of a problem, and puts the message about each on its way, once: the note
/// and the message are one transaction.</summary>
public sealed class NoteEnds(IDbContextFactory<StudioDbContext> database, BatchScores scores, IStringLocalizer texts, DashboardAddress address, TimeProvider time, ChangeFeed changes)
{
    private const int MostErrors = 50;

    /// <returns>How many ends were noted.</returns>
    public async Task<int> HandleAsync(CancellationToken cancellation = default)
    {
        await using var db = database.CreateDbContext();
        // A batch that goes on after a pause may be paused again, and that is told again.
        await db.ScheduleFires.Where(f => f.NotedEnd == BatchStatus.Paused && (f.Batch!.Status == BatchStatus.Queued || f.Batch.Status == BatchStatus.Running))
            .ExecuteUpdateAsync(set => set.SetProperty(f => f.NotedEnd, (BatchStatus?)null), cancellation);
        var ended = await db.ScheduleFires.AsNoTracking().Include(f => f.Schedule).Include(f => f.Batch!.Dataset).Include(f => f.Batch!.TemplateVersion!.Template)
            .Where(f => f.Batch != null && (f.NotedEnd == null || f.NotedEnd != f.Batch.Status)
                && (f.Batch.Status == BatchStatus.Finished || f.Batch.Status == BatchStatus.Failed || f.Batch.Status == BatchStatus.Cancelled
                    || (f.Batch.Status == BatchStatus.Paused && f.Batch.Problem != null)))
            .OrderBy(f => f.Id).ToListAsync(cancellation);
        foreach (var fire in ended) await NoteAsync(db, fire, cancellation);
        return ended.Count;
    }

    private async Task NoteAsync(StudioDbContext db, ScheduleFire fire, CancellationToken cancellation)
    {
        var report = fire.Schedule!.Message is null ? null : await ReportAsync(db, fire.Schedule, fire.Batch!, cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        // Of several servers only one changes the note.
        var noted = await db.ScheduleFires.Where(f => f.Id == fire.Id && (f.NotedEnd == null || f.NotedEnd != fire.Batch!.Status))
            .ExecuteUpdateAsync(set => set.SetProperty(f => f.NotedEnd, fire.Batch!.Status), cancellation);
        if (noted == 1 && report is not null && (report.IsTrouble || !fire.Schedule.Message!.OnlyOnTrouble))
        {
            var now = time.GetUtcNow().UtcDateTime;
            db.ScheduleMessages.Add(new ScheduleMessage { ScheduleId = fire.ScheduleId, Text = report.Text(texts), Facts = report.Facts(), CreatedAt = now, DueAt = now });
            await db.SaveChangesAsync(cancellation);
        }
        await transaction.CommitAsync(cancellation);
        changes.Raise("schedule", fire.ScheduleId);
    }

    private async Task<BatchReport> ReportAsync(StudioDbContext db, Schedule schedule, Batch batch, CancellationToken cancellation)
    {
        var rows = await db.Rows.Where(r => r.BatchId == batch.Id).GroupBy(r => r.Status).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(cancellation);
        var errors = await db.Rows.Where(r => r.BatchId == batch.Id && r.Status == RowStatus.Failed).GroupBy(r => r.Error ?? "")
            .Select(g => new { g.Key, Count = g.Count() }).OrderByDescending(g => g.Count).ThenBy(g => g.Key).Take(MostErrors).ToListAsync(cancellation);
        var answered = rows.Where(r => r.Key is RowStatus.Answered or RowStatus.InReview or RowStatus.Accepted).Sum(r => r.Count);
        var asked = await db.Rows.AskedOfTheEngine().CountAsync(r => r.BatchId == batch.Id, cancellation);
        return new BatchReport(schedule, batch, answered, rows.Where(r => r.Key == RowStatus.Failed).Sum(r => r.Count), asked, [.. errors.Select(e => (e.Key, e.Count))],
            batch.LabelSetId is null ? null : await scores.ReadAsync(batch.Id, null, cancellation), address.Of($"batches/{batch.Id}"));
    }
}
