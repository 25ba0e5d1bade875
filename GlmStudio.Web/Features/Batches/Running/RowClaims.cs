using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Domain.Journal;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;

namespace GlmStudio.Web.Features.Batches.Running;

/// <summary>Every change of a row's status while a batch runs. A claim is one conditional UPDATE and carries the number of the attempt;
/// what came of it is saved only while that very claim stands. So nothing is answered twice, whoever was killed or cancelled between.</summary>
/// <remarks>One server a database is assumed: at its start it takes back what a dead one left (<see cref="ReleaseOrphansAsync"/>).
/// Several servers would need a lease time beside the attempt, and this class only.</remarks>
public sealed class RowClaims(IDbContextFactory<StudioDbContext> databases, TimeProvider time)
{
    /// <summary>Takes the batch's next waiting row in upload order, or null where none waits or the batch does not run.</summary>
    public async Task<ClaimedRow?> ClaimAsync(int batchId, CancellationToken cancellation)
    {
        await using var db = databases.CreateDbContext();
        while (true)
        {
            var now = time.GetUtcNow().UtcDateTime;
            var next = await db.Rows
                .Where(r => r.BatchId == batchId && r.Status == RowStatus.Queued && r.Batch!.Status == BatchStatus.Running && (r.NotBefore == null || r.NotBefore <= now))
                .OrderBy(r => r.Ordinal)
                .Select(r => new ClaimedRow(r.Id, r.BatchId, r.Attempts + 1, r.ImageItem!.ContentHash, r.ImageItem.Page) { ImageItemId = r.ImageItemId, Repeat = r.Repeat })
                .FirstOrDefaultAsync(cancellation);
            if (next is null) return null;
            var won = await db.Rows.Where(r => r.Id == next.Id && r.Status == RowStatus.Queued && r.Attempts == next.Attempt - 1)
                .ExecuteUpdateAsync(set => set.SetProperty(r => r.Status, RowStatus.Running).SetProperty(r => r.Attempts, next.Attempt), cancellation);
            if (won == 1) return next with { Quality = await QualityAsync(db, next.Id, cancellation) };
        }
    }

    /// <summary>When the next of the batch's postponed rows is due; null where none waits for its time or the batch does not run.</summary>
    public async Task<DateTime?> NextDueAsync(int batchId, CancellationToken cancellation)
    {
        await using var db = databases.CreateDbContext();
        return await db.Rows.Where(r => r.BatchId == batchId && r.Status == RowStatus.Queued && r.Batch!.Status == BatchStatus.Running && r.NotBefore != null)
            .MinAsync(r => r.NotBefore, cancellation);
    }

    /// <summary>Saves an answer, its cells and its line of the journal together. False where the claim no longer stands: then nothing is saved.</summary>
    public async Task<bool> AnswerAsync(ClaimedRow row, RowAnswer answer)
    {
        await using var db = databases.CreateDbContext();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var now = time.GetUtcNow().UtcDateTime;
        var held = await Held(db, row).ExecuteUpdateAsync(set => set
            .SetProperty(r => r.Status, RowStatus.Answered).SetProperty(r => r.Answer, answer.Text).SetProperty(r => r.Seconds, answer.Seconds)
            .SetProperty(r => r.ConfirmedCells, answer.Confirmations.Cells).SetProperty(r => r.ConfirmationSeconds, answer.Confirmations.Seconds)
            .SetProperty(r => r.AnsweredAt, now).SetProperty(r => r.Error, (string?)null).SetProperty(r => r.NotBefore, (DateTime?)null)
            .SetProperty(r => r.Identity, answer.Identity).SetProperty(r => r.SharedManifestId, answer.SharedManifestId)
            .SetProperty(r => r.ReusedFromRowId, answer.Source?.RowId)
            .SetProperty(r => r.ReusedFromBatchId, answer.Source?.BatchId));
        if (held == 0) return false;
        await db.Cells.Where(c => c.RowId == row.Id).ExecuteDeleteAsync();
        foreach (var cell in answer.Cells) cell.RowId = row.Id;
        db.Cells.AddRange(answer.Cells);
        db.Corrections.AddRange(answer.Corrections);
        db.Journal.Add(answer.ToEntry(row, now));
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        return true;
    }

    /// <summary>Saves why a row has no answer.</summary>
    public Task<bool> FailAsync(ClaimedRow row, string error, double seconds) => GiveUpAsync(row, JournalEvent.Failed, error, seconds,
        set => set.SetProperty(r => r.Status, RowStatus.Failed).SetProperty(r => r.Error, error).SetProperty(r => r.Seconds, seconds));

    /// <summary>Puts a row back in the queue until its time; the journal keeps why.</summary>
    public Task<bool> PostponeAsync(ClaimedRow row, string error, double seconds, DateTime notBefore) => GiveUpAsync(row, JournalEvent.TriedAgain, error, seconds,
        set => set.SetProperty(r => r.Status, RowStatus.Queued).SetProperty(r => r.NotBefore, notBefore));

    /// <summary>Gives a claimed row back to the queue.</summary>
    public async Task ReleaseAsync(ClaimedRow row)
    {
        await using var db = databases.CreateDbContext();
        await Held(db, row).ExecuteUpdateAsync(set => set.SetProperty(r => r.Status, RowStatus.Queued));
    }

    /// <summary>At a server's start: rows that a dead server was answering wait again. Batches that another process owns are left alone.</summary>
    public async Task<int> ReleaseOrphansAsync(CancellationToken cancellation)
    {
        await using var db = databases.CreateDbContext();
        return await db.Rows.Where(r => r.Status == RowStatus.Running && r.Batch!.Owner == null)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.Status, RowStatus.Queued), cancellation);
    }

    /// <summary>At a run's start: nobody else runs this batch, so a row still marked as running was left by a run that broke off.</summary>
    public async Task ReleaseOrphansAsync(int batchId, CancellationToken cancellation)
    {
        await using var db = databases.CreateDbContext();
        await db.Rows.Where(r => r.BatchId == batchId && r.Status == RowStatus.Running)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.Status, RowStatus.Queued), cancellation);
    }

    /// <summary>Batches whose owner ended without finishing them: paused, with the reason, for a person to resume. Returns their ids.</summary>
    public async Task<IReadOnlyList<int>> TakeOverAsync(Func<string, bool> hasEnded, CancellationToken cancellation)
    {
        await using var db = databases.CreateDbContext();
        var owned = await db.Batches.Where(b => b.Owner != null && (b.Status == BatchStatus.Queued || b.Status == BatchStatus.Running))
            .Select(b => new { b.Id, b.Owner }).ToListAsync(cancellation);
        int[] abandoned = [.. owned.Where(b => hasEnded(b.Owner!)).Select(b => b.Id)];
        if (abandoned.Length == 0) return [];
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.Batches.Where(b => abandoned.Contains(b.Id)).ExecuteUpdateAsync(set => set
            .SetProperty(b => b.Status, BatchStatus.Paused).SetProperty(b => b.Owner, (string?)null)
            .SetProperty(b => b.Problem, "The command that ran it ended early."), cancellation);
        await db.Rows.Where(r => abandoned.Contains(r.BatchId) && r.Status == RowStatus.Running)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.Status, RowStatus.Queued), cancellation);
        await transaction.CommitAsync(cancellation);
        return abandoned;
    }

    private async Task<bool> GiveUpAsync(ClaimedRow row, JournalEvent happened, string error, double seconds, Action<UpdateSettersBuilder<Row>> change)
    {
        await using var db = databases.CreateDbContext();
        await using var transaction = await db.Database.BeginTransactionAsync();
        if (await Held(db, row).ExecuteUpdateAsync(change) == 0) return false;
        db.Journal.Add(new JournalEntry
        {
            RowId = row.Id, Attempt = row.Attempt, Event = happened, At = time.GetUtcNow().UtcDateTime, Seconds = seconds,
            Note = error.Length > JournalEntry.MaxNote ? error[..JournalEntry.MaxNote] : error,
        });
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        return true;
    }

    private static async Task<IReadOnlyList<string>> QualityAsync(StudioDbContext db, long rowId, CancellationToken cancellation) =>
        (await db.Rows.AsNoTracking().Where(r => r.Id == rowId).Select(r => r.ImageItem!.Quality).SingleOrDefaultAsync(cancellation))?.Notes ?? [];

    private static IQueryable<Row> Held(StudioDbContext db, ClaimedRow row) =>
        db.Rows.Where(r => r.Id == row.Id && r.Status == RowStatus.Running && r.Attempts == row.Attempt);
}
