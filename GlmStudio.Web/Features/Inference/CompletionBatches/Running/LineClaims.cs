using GlmStudio.Web.Data;
using GlmStudio.Web.Data.Cluster;
using GlmStudio.Web.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace GlmStudio.Web.Features.Inference.CompletionBatches.Running;

/// <summary>Which process works on which batch, and the answers of its lines. A process that died loses its batch after a while.</summary>
internal sealed class LineClaims(IDbContextFactory<StudioDbContext> databases, DatabaseClock clock, IOptions<CompletionBatchOptions> options)
{
    private readonly string _me = $"{Environment.MachineName}-{Guid.NewGuid():n}";

    /// <summary>The oldest batch that has work and that no living process holds, taken; null where there is none.</summary>
    /// <param name="except">Batches that are left alone.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<CompletionBatch?> TakeAsync(IReadOnlyCollection<string> except, CancellationToken cancellation)
    {
        await using var db = databases.CreateDbContext();
        var now = await clock.NowAsync(db, cancellation);
        var waiting = await db.CompletionBatches.AsNoTracking()
            .Where(b => (b.Status == CompletionBatchStatus.Validating || b.Status == CompletionBatchStatus.InProgress || b.Status == CompletionBatchStatus.Finalizing || b.Status == CompletionBatchStatus.Cancelling)
                && (b.Owner == null || b.Owner == _me || b.OwnedUntil < now) && !except.Contains(b.Id))
            .OrderBy(b => b.CreatedAt).ThenBy(b => b.Id).Select(b => b.Id).ToListAsync(cancellation);
        foreach (var id in waiting)
            if (await HoldAsync(id, cancellation)) return await db.CompletionBatches.AsNoTracking().SingleAsync(b => b.Id == id, cancellation);
        return null;
    }

    /// <summary>Holds a batch for some time more.</summary>
    /// <returns>Whether it is still this process's.</returns>
    public async Task<bool> HoldAsync(string batchId, CancellationToken cancellation)
    {
        await using var db = databases.CreateDbContext();
        var now = await clock.NowAsync(db, cancellation);
        var until = now + options.Value.Hold;
        return await db.CompletionBatches.Where(b => b.Id == batchId && (b.Owner == null || b.Owner == _me || b.OwnedUntil < now))
            .ExecuteUpdateAsync(set => set.SetProperty(b => b.Owner, _me).SetProperty(b => b.OwnedUntil, until), cancellation) == 1;
    }

    /// <summary>Lets another process go on at once.</summary>
    public async Task ReleaseAsync(string batchId)
    {
        await using var db = databases.CreateDbContext();
        await db.CompletionBatches.Where(b => b.Id == batchId && b.Owner == _me)
            .ExecuteUpdateAsync(set => set.SetProperty(b => b.Owner, (string?)null).SetProperty(b => b.OwnedUntil, (DateTime?)null));
    }

    /// <summary>Gives a batch its files and its last status, and removes its lines, in one transaction.</summary>
    /// <param name="batch">As it was when its files were begun.</param>
    /// <param name="last">The last status.</param>
    /// <param name="output">The file of the answers, or null.</param>
    /// <param name="errors">The file of the others, or null.</param>
    /// <param name="now">When it ends.</param>
    /// <param name="cancellation">Stops it; nothing has changed then.</param>
    /// <returns>False where the batch went to another process: then nothing is kept, and that process's files are the ones.</returns>
    public async Task<bool> EndAsync(CompletionBatch batch, CompletionBatchStatus last, ApiFile? output, ApiFile? errors, DateTime now, CancellationToken cancellation)
    {
        await using var db = databases.CreateDbContext();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await db.CompletionBatches.Where(b => b.Id == batch.Id && b.Owner == _me && b.Status == batch.Status).ExecuteUpdateAsync(set => set
                .SetProperty(b => b.Status, last).SetProperty(b => b.EndedAt, now)
                .SetProperty(b => b.OutputFileId, output == null ? null : output.Id).SetProperty(b => b.ErrorFileId, errors == null ? null : errors.Id), cancellation) == 0) return false;
        db.ApiFiles.AddRange(new[] { output, errors }.OfType<ApiFile>());
        await db.SaveChangesAsync(cancellation);
        await db.CompletionLines.Where(l => l.BatchId == batch.Id).ExecuteDeleteAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }

    /// <summary>Lines without an answer, in order.</summary>
    public async Task<IReadOnlyList<CompletionLine>> WaitingAsync(string batchId, int after, int most, CancellationToken cancellation)
    {
        await using var db = databases.CreateDbContext();
        return await db.CompletionLines.AsNoTracking().Where(l => l.BatchId == batchId && l.Status == CompletionLineStatus.Waiting && l.Number > after)
            .OrderBy(l => l.Number).Take(most).ToListAsync(cancellation);
    }

    /// <summary>Keeps an answer, unless the line has one or the batch went to another process: line and counts are one transaction.</summary>
    public async Task SaveAsync(CompletionLine line, int status, string body)
    {
        await using var db = databases.CreateDbContext();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var (good, bad) = status == StatusCodes.Status200OK ? (1, 0) : (0, 1);
        if (await db.CompletionBatches.Where(b => b.Id == line.BatchId && b.Owner == _me)
                .ExecuteUpdateAsync(set => set.SetProperty(b => b.Completed, b => b.Completed + good).SetProperty(b => b.Failed, b => b.Failed + bad)) == 0) return;
        if (await db.CompletionLines.Where(l => l.Id == line.Id && l.Status == CompletionLineStatus.Waiting).ExecuteUpdateAsync(set => set
                .SetProperty(l => l.Status, good == 1 ? CompletionLineStatus.Answered : CompletionLineStatus.Failed)
                .SetProperty(l => l.StatusCode, status).SetProperty(l => l.Response, body)) == 0) return;
        await transaction.CommitAsync();
    }
}
