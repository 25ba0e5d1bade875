using GlmStudio.Engine;
using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Domain.Journal;
using GlmStudio.Web.Engines;
using GlmStudio.Web.Features.Batches.Running;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Web.Features.Batches.Journal;

/// <summary>Asks one row's question again and compares the answer with the one that is kept. The row stays as it is; the journal keeps the verdict.</summary>
public sealed class ReplayRow(IDbContextFactory<StudioDbContext> databases, EngineCatalog engines, KeepManifest manifests, AnswerRow answer, TimeProvider time)
{
    /// <summary>What stands between the answer kept and one given now; any other difference makes the comparison meaningless.</summary>
    private static readonly string[] MustBeSame =
        [SharedManifest.ModelPart, SharedManifest.PromptPart, SharedManifest.FormPart, SharedManifest.PreprocessingPart, SharedManifest.SamplingPart, SharedManifest.GroundingPart];

    /// <summary>The verdict; a row that cannot be asked again has one too.</summary>
    public async Task<Replay> HandleAsync(long rowId, CancellationToken cancellation)
    {
        await using var db = databases.CreateDbContext();
        var row = await db.Rows.AsNoTracking().Include(r => r.ImageItem).Include(r => r.SharedManifest).Include(r => r.Batch!.TemplateVersion)
            .SingleOrDefaultAsync(r => r.Id == rowId, cancellation);
        if (row is null) return Replay.Cannot(rowId, new("There is no row {0}.", rowId), isMissing: true);
        if (row.Answer is null || row.SharedManifest is null) return Replay.Cannot(rowId, new("The row has no answer with a manifest, so there is nothing to compare with."));
        var started = time.GetTimestamp();
        try
        {
            var replay = await CompareAsync(db, row, cancellation);
            if (replay.Verdict.Outcome != ReplayOutcome.Cannot) await NoteAsync(db, row, replay, time.GetElapsedTime(started).TotalSeconds, cancellation);
            return replay;
        }
        catch (Exception fault) when (fault is EngineException or FileNotFoundException or DirectoryNotFoundException)
        {
            return Replay.Cannot(rowId, new("{0}", fault is EngineException ? fault.Message : CheckBatch.MissingFile));
        }
    }

    private async Task<Replay> CompareAsync(StudioDbContext db, Row row, CancellationToken cancellation)
    {
        var (batch, version) = (row.Batch!, row.Batch!.TemplateVersion!);
        var engine = await engines.OpenAsync(batch.Engine, null, cancellation);
        var question = Question.Of(version, batch.Grounding);
        var now = await manifests.OfAsync(engine, batch.Engine, version, question);
        if (now[SharedManifest.ModelPart] != row.SharedManifest![SharedManifest.ModelPart])
            return Replay.Cannot(row.Id, new("The checkpoint has changed since the row was answered: its model files have another hash."));
        if (MustBeSame.FirstOrDefault(p => now[p] != row.SharedManifest[p]) is { } changed)
            return Replay.Cannot(row.Id, new("Another question would be asked than then: \"{0}\" has changed.", changed));
        var claimed = new ClaimedRow(row.Id, row.BatchId, row.Attempts, row.ImageItem!.ContentHash, row.ImageItem.Page);
        var again = await answer.AskAsync(engine, question, claimed, cancellation);
        var kept = await db.Journal.Where(e => e.RowId == row.Id && (e.Event == JournalEvent.Answered || e.Event == JournalEvent.Reused))
            .OrderByDescending(e => e.Id).Select(e => e.Tokens).FirstOrDefaultAsync(cancellation);
        return new Replay(row.Id, ReplayVerdict.Of(row.Answer!, TokenTrail.Read(kept), again.Text, again.Tokens))
        {
            Text = again.Text, HasOtherBuild = now[SharedManifest.BuildPart] != row.SharedManifest[SharedManifest.BuildPart] || now[SharedManifest.DevicePart] != row.SharedManifest[SharedManifest.DevicePart],
        };
    }

    private async Task NoteAsync(StudioDbContext db, Row row, Replay replay, double seconds, CancellationToken cancellation)
    {
        db.Journal.Add(new JournalEntry
        {
            RowId = row.Id, Attempt = row.Attempts, Event = JournalEvent.Replayed, At = time.GetUtcNow().UtcDateTime, Seconds = seconds, Note = replay.Sentence.ToString(),
        });
        await db.SaveChangesAsync(cancellation);
    }
}

/// <summary>What a replay came to.</summary>
public sealed record Replay(long RowId, ReplayVerdict Verdict)
{
    /// <summary>The answer now; null where it was not asked.</summary>
    public string? Text { get; init; }

    /// <summary>Whether the engine's build or device is another than then: it was compared all the same.</summary>
    public bool HasOtherBuild { get; init; }

    /// <summary>Why it could not be compared.</summary>
    public BatchProblem? Problem { get; init; }

    /// <summary>Whether there is no such row.</summary>
    public bool IsMissing { get; init; }

    /// <summary>The verdict for people.</summary>
    public BatchProblem Sentence => Problem ?? Verdict switch
    {
        { Outcome: ReplayOutcome.BitEqual } => new("Bit-equal: the same answer to the last bit that is kept."),
        { Outcome: ReplayOutcome.TokenEqual } => new("Token-equal: the same tokens; their log-probabilities differ by at most {0:0.######}.", Verdict.LargestShift ?? 0),
        { Token: { } token, Margin: { } margin } => new("Differs at token {0}, which led by a margin of {1:0.####}.", token, margin),
        { Token: { } token } => new("Differs at token {0}.", token),
        _ => new("Differs at character {0}.", Verdict.Character ?? 0),
    };

    public static Replay Cannot(long rowId, BatchProblem problem, bool isMissing = false) =>
        new(rowId, new ReplayVerdict(ReplayOutcome.Cannot)) { Problem = problem, IsMissing = isMissing };
}
