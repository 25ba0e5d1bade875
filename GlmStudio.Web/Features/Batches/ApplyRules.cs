using System.Text.Json.Serialization;
using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Domain.Rules;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Web.Features.Batches;

/// <summary>
/// Runs a template version's rules on the readings that a batch has, without asking the model again. Accepted rows and corrections stay as people left
/// them. A later version will do where it asks exactly the same; the batch then is one of that version.
/// </summary>
public sealed class ApplyRules(IDbContextFactory<StudioDbContext> databases, ChangeFeed changes)
{
    private const int RowsAtATime = 200;

    /// <param name="batchId">The batch.</param>
    /// <param name="number">The version's number; null: the template's newest.</param>
    /// <param name="cancellation">Stops it, with nothing changed.</param>
    public async Task<RulesApplied> HandleAsync(int batchId, int? number, CancellationToken cancellation)
    {
        await using var db = databases.CreateDbContext();
        // One transaction: a batch is never half under one version's rules and half under another's.
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var batch = await db.Batches.Include(b => b.TemplateVersion).SingleOrDefaultAsync(b => b.Id == batchId, cancellation);
        if (batch is null) return RulesApplied.Refused(new("There is no batch {0}.", batchId));
        if (batch.Status is BatchStatus.Queued or BatchStatus.Running || await db.Rows.AnyAsync(r => r.BatchId == batchId && r.Status == RowStatus.Running, cancellation))
            return RulesApplied.Refused(new("The batch is running. Pause it or wait for its end, then apply the rules."));
        var asked = batch.TemplateVersion!;
        var version = await db.TemplateVersions.Where(v => v.TemplateId == asked.TemplateId && (number == null || v.Number == number))
            .OrderByDescending(v => v.Number).FirstOrDefaultAsync(cancellation);
        if (version is null) return RulesApplied.Refused(new("The template has no version {0}.", number!));
        if (!version.AsksTheSame(asked))
            return RulesApplied.Refused(new("Version {0} asks for other things than version {1}, so its rules do not fit these answers. Run a new batch.", version.Number, asked.Number));

        var applied = await ApplyAsync(db, batchId, version, cancellation);
        await db.Batches.Where(b => b.Id == batchId).ExecuteUpdateAsync(set => set.SetProperty(b => b.TemplateVersionId, version.Id), cancellation);
        await transaction.CommitAsync(cancellation);
        changes.Raise("batch", batchId);
        return applied;
    }

    private static async Task<RulesApplied> ApplyAsync(StudioDbContext db, int batchId, TemplateVersion version, CancellationToken cancellation)
    {
        var rules = FieldRules.Of(version.Fields);
        var (changed, withMessages, after) = (0, 0, -1);
        var left = await db.Rows.CountAsync(r => r.BatchId == batchId && r.Status == RowStatus.Accepted, cancellation);
        while (true)
        {
            db.ChangeTracker.Clear();
            var rows = await db.Rows.Include(r => r.Cells).Where(r => r.BatchId == batchId && r.Ordinal > after && (r.Status == RowStatus.Answered || r.Status == RowStatus.InReview))
                .OrderBy(r => r.Ordinal).Take(RowsAtATime).ToListAsync(cancellation);
            foreach (var row in rows)
            {
                if (rules.Apply(row.Cells)) changed++;
                if (row.Cells.Exists(c => c.OpenProblem is not null)) withMessages++;
            }
            await db.SaveChangesAsync(cancellation);
            if (rows.Count < RowsAtATime) return new RulesApplied(version.Number, changed, withMessages, left);
            after = rows[^1].Ordinal;
        }
    }
}

/// <summary>What applying rules came to.</summary>
/// <param name="Version">The version whose rules were applied.</param>
/// <param name="Changed">Rows that are different now.</param>
/// <param name="WithMessages">Rows with a message for the reviewer.</param>
/// <param name="AcceptedLeft">Accepted rows, which stayed as they were.</param>
public sealed record RulesApplied(int Version, int Changed, int WithMessages, int AcceptedLeft)
{
    /// <summary>Why nothing was applied; null where it was.</summary>
    [JsonIgnore] public BatchProblem? Problem { get; init; }

    public static RulesApplied Refused(BatchProblem problem) => new(0, 0, 0, 0) { Problem = problem };
}
