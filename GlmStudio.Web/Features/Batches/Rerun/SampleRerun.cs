using System.Collections.Concurrent;
using GlmStudio.Engine;
using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Domain.Confidence;
using GlmStudio.Web.Engines;
using GlmStudio.Web.Features.Batches.Running;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Web.Features.Batches.Rerun;

/// <summary>Asks a few rows of a batch under another version, keeps nothing, and counts the answers that come out otherwise.</summary>
public sealed class SampleRerun(IDbContextFactory<StudioDbContext> databases, EngineCatalog engines, AnswerRow answer, TimeProvider time)
{
    /// <summary>Rows that are asked at most, evenly spread over the batch.</summary>
    public const int MostRows = 10;

    /// <exception cref="EngineException">The engine cannot be opened.</exception>
    public async Task<RerunSample> HandleAsync(int batchId, int versionId, IProgress<int>? progress, CancellationToken cancellation)
    {
        await using var db = databases.CreateDbContext();
        var batch = await db.Batches.AsNoTracking().SingleAsync(b => b.Id == batchId, cancellation);
        var version = await db.TemplateVersions.AsNoTracking().SingleAsync(v => v.Id == versionId, cancellation);
        var rows = await ChooseAsync(db, batchId, cancellation);
        var (engine, question) = (await engines.OpenAsync(batch.Engine, null, cancellation), Question.Of(version, batch.Grounding));
        var (asked, started, done) = (new ConcurrentBag<SampledRow>(), time.GetTimestamp(), 0);
        await Parallel.ForEachAsync(rows, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, engine.Info.Concurrency), CancellationToken = cancellation }, async (row, stop) =>
        {
            if (await AskAsync(engine, question, row, stop) is { } sampled) asked.Add(sampled);
            progress?.Report(Interlocked.Increment(ref done));
        });
        return new RerunSample(asked.Count, rows.Count - asked.Count, asked.Count(a => a.Flipped.Count > 0), time.GetElapsedTime(started).TotalSeconds)
        {
            EngineSeconds = asked.Sum(a => a.Seconds),
            FlippedFields = asked.SelectMany(a => a.Flipped).CountBy(k => k).ToDictionary(c => c.Key, c => c.Value, StringComparer.Ordinal),
        };
    }

    private static async Task<List<Row>> ChooseAsync(StudioDbContext db, int batchId, CancellationToken cancellation)
    {
        var answered = await db.Rows.Where(r => r.BatchId == batchId && r.Answer != null && r.Repeat == 0).OrderBy(r => r.Ordinal).Select(r => r.Id).ToListAsync(cancellation);
        var count = Math.Min(MostRows, answered.Count);
        var chosen = Enumerable.Range(0, count).Select(i => answered[(int)((long)i * answered.Count / count)]).ToList();
        return await db.Rows.AsNoTracking().Include(r => r.Cells).Include(r => r.ImageItem).Where(r => chosen.Contains(r.Id)).OrderBy(r => r.Ordinal).ToListAsync(cancellation);
    }

    /// <summary>Null where the row cannot be answered.</summary>
    private async Task<SampledRow?> AskAsync(IGlmEngine engine, Question question, Row row, CancellationToken cancellation)
    {
        try
        {
            var claimed = new ClaimedRow(row.Id, row.BatchId, row.Attempts, row.ImageItem!.ContentHash, row.ImageItem.Page) { Quality = row.ImageItem.Quality?.Notes ?? [] };
            var now = await answer.HandleAsync(engine, question, claimed, cancellation);
            var flipped = question.Fields.Where(f => Value(row.Cells, f) != Value(now.Cells, f)).Select(f => f.Key).ToList();
            if (question.Fields.Count == 0 && row.Answer != now.Text) flipped.Add("");
            return new SampledRow(flipped, now.Seconds);
        }
        catch (Exception fault) when (fault is EngineException or FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static string? Value(List<Cell> cells, Field field) => cells.Find(c => c.FieldKey == field.Key)?.Value;

    private sealed record SampledRow(List<string> Flipped, double Seconds);
}

/// <summary>What a sample came to.</summary>
/// <param name="Asked">Rows that were answered.</param>
/// <param name="Failed">Rows that were not.</param>
/// <param name="Flipped">Rows with a value that is another now.</param>
/// <param name="Seconds">Seconds of the clock it took.</param>
public sealed record RerunSample(int Asked, int Failed, int Flipped, double Seconds)
{
    /// <summary>Seconds the engine worked on them, added up.</summary>
    public double EngineSeconds { get; init; }

    /// <summary>How many of the rows flip in each field.</summary>
    public IReadOnlyDictionary<string, int> FlippedFields { get; init; } = new Dictionary<string, int>();

    /// <summary>Seconds of the clock a row; null where none was answered.</summary>
    public double? SecondsARow => Asked == 0 ? null : Seconds / Asked;

    /// <summary>How many of so many rows will flip, by the sample's share.</summary>
    public int FlipsIn(int rows) => Asked == 0 ? 0 : (int)Math.Round((double)Flipped / Asked * rows);

    /// <summary>No more than this many will, with 95 % certainty.</summary>
    public int MostFlipsIn(int rows) => (int)Math.Ceiling(ClopperPearson.UpperBound(Flipped, Asked) * rows);
}
