using System.Globalization;
using System.Text.Json.Serialization;
using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Web.Features.Batches;

/// <summary>Batches with the counts of their rows, newest first, as pages and programs show them.</summary>
public sealed class ReadBatches(IDbContextFactory<StudioDbContext> databases)
{
    public const int MaxPage = 200;

    /// <summary>One page, and how many there are in all.</summary>
    public async Task<BatchList> ListAsync(int skip, int take, CancellationToken cancellation)
    {
        await using var db = databases.CreateDbContext();
        var found = await Select(db.Batches.OrderByDescending(b => b.Id).Skip(Math.Max(0, skip)).Take(Math.Clamp(take, 1, MaxPage))).ToListAsync(cancellation);
        return new BatchList(await CountRowsAsync(db, found, cancellation), await db.Batches.CountAsync(cancellation));
    }

    public async Task<BatchSummary?> FindAsync(int batchId, CancellationToken cancellation)
    {
        await using var db = databases.CreateDbContext();
        var found = await Select(db.Batches.Where(b => b.Id == batchId)).ToListAsync(cancellation);
        return (await CountRowsAsync(db, found, cancellation)).SingleOrDefault();
    }

    private static IQueryable<BatchSummary> Select(IQueryable<Batch> batches) => batches.Select(b => new BatchSummary
    {
        Id = b.Id, Name = b.Name, DatasetId = b.DatasetId, Dataset = b.Dataset!.Name, Template = b.TemplateVersion!.Template!.Key,
        TemplateName = b.TemplateVersion.Template.Name, Version = b.TemplateVersion.Number, TemplateVersionId = b.TemplateVersionId, Engine = b.Engine,
        LabelSet = b.LabelSet!.Name, Status = b.Status, Problem = b.Problem, IsOwned = b.Owner != null, Rows = b.RowCount, CreatedAt = b.CreatedAt,
        StartedAt = b.StartedAt, FinishedAt = b.FinishedAt, ActiveSeconds = b.ActiveSeconds, PeakMemoryBytes = b.PeakMemoryBytes,
        Priority = b.Priority, Repeats = b.Repeats, PreviousBatchId = b.PreviousBatchId,
    });

    private static async Task<List<BatchSummary>> CountRowsAsync(StudioDbContext db, List<BatchSummary> batches, CancellationToken cancellation)
    {
        int[] ids = [.. batches.Select(b => b.Id)];
        var counts = await db.Rows.Where(r => ids.Contains(r.BatchId)).GroupBy(r => new { r.BatchId, r.Status, Asked = r.Attempts > 0 && r.ReusedFromRowId == null, IsReused = r.ReusedFromRowId != null })
            .Select(g => new { g.Key.BatchId, g.Key.Status, g.Key.Asked, g.Key.IsReused, Count = g.Count(), Confirmed = g.Sum(r => r.ConfirmedCells), Seconds = g.Sum(r => r.ConfirmationSeconds) })
            .ToListAsync(cancellation);
        foreach (var batch in batches)
        {
            foreach (var count in counts.Where(c => c.BatchId == batch.Id))
            {
                batch.Add(count.Status, count.Asked, count.IsReused, count.Count);
                batch.AddConfirmations(count.Confirmed, count.Seconds);
            }
        }
        return batches;
    }
}

/// <summary>Some batches of all.</summary>
public sealed record BatchList(IReadOnlyList<BatchSummary> Batches, int Total);

/// <summary>A batch and what has become of its rows.</summary>
public sealed record BatchSummary
{
    public int Id { get; init; }
    public required string Name { get; init; }
    public int DatasetId { get; init; }
    public required string Dataset { get; init; }

    /// <summary>The template's key.</summary>
    public required string Template { get; init; }
    public required string TemplateName { get; init; }
    public int Version { get; init; }
    public int TemplateVersionId { get; init; }
    public required string Engine { get; init; }
    public string? LabelSet { get; init; }
    [JsonConverter(typeof(JsonStringEnumConverter<BatchStatus>))]
    public BatchStatus Status { get; init; }
    public string? Problem { get; init; }

    /// <summary>A command runs it, not this server.</summary>
    public bool IsOwned { get; init; }
    public int Rows { get; init; }
    public int Queued { get; private set; }
    public int Running { get; private set; }

    /// <summary>Rows with an answer, reviewed or not.</summary>
    public int Answered { get; private set; }
    public int Failed { get; private set; }
    public int Cancelled { get; private set; }

    /// <summary>Answered rows whose answer was taken from an earlier row.</summary>
    public int Reused { get; private set; }

    [JsonConverter(typeof(JsonStringEnumConverter<BatchPriority>))]
    public BatchPriority Priority { get; init; }

    /// <summary>How often each picture is asked.</summary>
    public int Repeats { get; init; }

    /// <summary>The batch that this one runs again; null for most.</summary>
    public int? PreviousBatchId { get; init; }
    public DateTime CreatedAt { get; init; }
    public DateTime? StartedAt { get; init; }
    public DateTime? FinishedAt { get; init; }
    public double ActiveSeconds { get; init; }
    public long PeakMemoryBytes { get; init; }

    /// <summary>Values that were asked for again on a crop of the picture.</summary>
    public int ConfirmedCells { get; private set; }

    /// <summary>Seconds of the rows that this took, beside their answers.</summary>
    public double ConfirmationSeconds { get; private set; }

    /// <summary>Failed rows that asking again may answer; pictures that cannot be read are not among them.</summary>
    public int Retryable { get; private set; }

    /// <summary>Rows the engine has been asked for and is done with.</summary>
    private int Asked { get; set; }

    public bool IsActive => Status is BatchStatus.Queued or BatchStatus.Running;

    /// <summary>0 … 1.</summary>
    public double Progress => Rows == 0 ? 0 : (double)(Answered + Failed + Cancelled) / Rows;

    /// <summary>Seconds of the clock an image, several at once counted in; null before the first answer.</summary>
    public double? SecondsAnImage => Asked == 0 || ActiveSeconds <= 0 ? null : ActiveSeconds / Asked;

    /// <summary>Seconds until the last row at the pace so far.</summary>
    public double? SecondsLeft => SecondsAnImage * (Queued + Running);

    /// <summary>"58/60 answered, 0.9 s an image, peak memory 0.8 GB"</summary>
    public string Closing => string.Create(CultureInfo.InvariantCulture,
        $"{Answered}/{Rows} answered, {SecondsAnImage ?? 0:0.0} s an image, peak memory {PeakMemoryBytes / 1e9:0.0} GB");

    internal void AddConfirmations(int cells, double seconds) => (ConfirmedCells, ConfirmationSeconds) = (ConfirmedCells + cells, ConfirmationSeconds + seconds);

    internal void Add(RowStatus status, bool asked, bool isReused, int count)
    {
        if (isReused) Reused += count;
        switch (status)
        {
            case RowStatus.Queued: Queued += count; return;
            case RowStatus.Running: Running += count; return;
            case RowStatus.Failed:
                Failed += count;
                if (asked) Retryable += count;
                break;
            case RowStatus.Cancelled: Cancelled += count; return;
            default: Answered += count; break;
        }
        if (asked) Asked += count;
    }
}
