using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using Microsoft.EntityFrameworkCore;

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
            var next = await db.Rows
                .Where(r => r.BatchId == batchId && r.Status == RowStatus.Queued && r.Batch!.Status == BatchStatus.Running).OrderBy(r => r.Ordinal)
                .Select(r => new ClaimedRow(r.Id, r.BatchId, r.Attempts + 1, r.ImageItem!.ContentHash, r.ImageItem.Page))
                .FirstOrDefaultAsync(cancellation);
            if (next is null) return null;
            var won = await db.Rows.Where(r => r.Id == next.Id && r.Status == RowStatus.Queued && r.Attempts == next.Attempt - 1)
                .ExecuteUpdateAsync(set => set.SetProperty(r => r.Status, RowStatus.Running).SetProperty(r => r.Attempts, next.Attempt), cancellation);
            if (won == 1) return next with { Quality = await QualityAsync(db, next.Id, cancellation) };
        }
    }

    /// <summary>Saves an answer and its cells together. False where the claim no longer stands: then nothing is saved.</summary>
    public async Task<bool> AnswerAsync(ClaimedRow row, RowAnswer answer)
    {
        await using var db = databases.CreateDbContext();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var now = time.GetUtcNow().UtcDateTime;
        var held = await Held(db, row).ExecuteUpdateAsync(set => set
            .SetProperty(r => r.Status, RowStatus.Answered).SetProperty(r => r.Answer, answer.Text).SetProperty(r => r.Seconds, answer.Seconds)
            .SetProperty(r => r.ConfirmedCells, answer.Confirmations.Cells).SetProperty(r => r.ConfirmationSeconds, answer.Confirmations.Seconds)
            .SetProperty(r => r.AnsweredAt, now).SetProperty(r => r.Error, (string?)null));
        if (held == 0) return false;
        await db.Cells.Where(c => c.RowId == row.Id).ExecuteDeleteAsync();
        foreach (var cell in answer.Cells) cell.RowId = row.Id;
        db.Cells.AddRange(answer.Cells);
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        return true;
    }

    /// <summary>Saves why a row has no answer.</summary>
    public async Task<bool> FailAsync(ClaimedRow row, string error, double seconds)
    {
        await using var db = databases.CreateDbContext();
        return await Held(db, row).ExecuteUpdateAsync(set => set
            .SetProperty(r => r.Status, RowStatus.Failed).SetProperty(r => r.Error, error).SetProperty(r => r.Seconds, seconds)) == 1;
    }

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

    private static async Task<IReadOnlyList<string>> QualityAsync(StudioDbContext db, long rowId, CancellationToken cancellation) =>
        (await db.Rows.AsNoTracking().Where(r => r.Id == rowId).Select(r => r.ImageItem!.Quality).SingleOrDefaultAsync(cancellation))?.Notes ?? [];

    private static IQueryable<Row> Held(StudioDbContext db, ClaimedRow row) =>
        db.Rows.Where(r => r.Id == row.Id && r.Status == RowStatus.Running && r.Attempts == row.Attempt);
}

/// <summary>A row that this process is answering.</summary>
/// <param name="Id">The row.</param>
/// <param name="BatchId">Its batch.</param>
/// <param name="Attempt">1, 2, 3 …: the claim's number.</param>
/// <param name="ContentHash">The picture in the image store.</param>
/// <param name="Page">Its page.</param>
public sealed record ClaimedRow(long Id, int BatchId, int Attempt, string ContentHash, int Page)
{
    /// <summary>The picture's quality notes; none where it was not measured yet.</summary>
    public IReadOnlyList<string> Quality { get; init; } = [];
}

/// <summary>What an engine said about a row, ready to save.</summary>
public sealed record RowAnswer(string Text, double Seconds, IReadOnlyList<Cell> Cells)
{
    /// <summary>What asking again on crops took.</summary>
    public ConfirmationCost Confirmations { get; init; }
}
