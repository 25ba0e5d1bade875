using System.Globalization;
using GlmStudio.Web.Data;
using GlmStudio.Web.Data.Cluster;
using GlmStudio.Web.Domain;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Web.Features.Schedules;

/// <summary>Makes the batch of a schedule now, whether the clock, a folder or a person asks, within its rules, and notes what became of it.</summary>
public sealed partial class FireSchedule(
    IDbContextFactory<StudioDbContext> database, StartBatch start, CancelBatch cancel, Turns turns, TimeProvider time, ChangeFeed changes, ILogger<FireSchedule> log) : IDisposable
{
    // Two fires of one moment, on one node or on two, must not both find that no batch is running.
    private readonly SemaphoreSlim _one = new(1);

    public Task<FiredSchedule> HandleAsync(int scheduleId, FireCause cause = FireCause.Person, CancellationToken cancellation = default) => InTurnAsync(async db =>
    {
        if (await FindAsync(db, scheduleId, cancellation) is not { } schedule) return FiredSchedule.Gone;
        var fire = new ScheduleFire { ScheduleId = scheduleId, At = time.GetUtcNow().UtcDateTime, Cause = cause };
        db.ScheduleFires.Add(fire);
        if (!await HoldsBackAsync(db, schedule, fire, cancellation))
        {
            // Noted before the batch is made: where this process ends between the two, another finds the fire and its batch.
            ClaimedFires.Take(fire);
            await db.SaveChangesAsync(cancellation);
            await StartAsync(db, schedule, fire, cancellation);
        }
        return await SaveAsync(db, schedule, fire);
    }, cancellation);

    /// <summary>Starts a fire that waited, where nothing holds it back any more.</summary>
    /// <returns>Whether it waits no longer.</returns>
    public Task<bool> StartWaitingAsync(long fireId, CancellationToken cancellation = default) => InTurnAsync(async db =>
    {
        if (await db.ScheduleFires.SingleOrDefaultAsync(f => f.Id == fireId && f.Outcome == FireOutcome.Waiting, cancellation) is not { } fire) return true;
        if (await FindAsync(db, fire.ScheduleId, cancellation) is not { } schedule) return true;
        if (schedule.IsPaused(time.GetUtcNow()) || (schedule.Overlap != OverlapRule.CancelOlder && await UnfinishedAsync(db, schedule.Id, cancellation) is [_, ..])) return false;
        var before = (fire.Reason, fire.Detail);
        // Of several servers only one finds it waiting.
        if (!await ClaimedFires.TakeAsync(db, fireId, cancellation)) return true;
        try
        {
            await db.Entry(fire).ReloadAsync(cancellation);
            if (schedule.Overlap == OverlapRule.CancelOlder) await CancelAsync(await UnfinishedAsync(db, schedule.Id, cancellation), cancellation);
            await StartAsync(db, schedule, fire, cancellation);
        }
        catch
        {
            // The program stops, or the database fails: the fire waits for the next try.
            await ClaimedFires.GiveBackAsync(db, fireId, before);
            throw;
        }
        await SaveAsync(db, schedule, fire);
        return true;
    }, cancellation);

    /// <summary>Sees to a fire whose node ended after it had taken it: its batch is noted where it was made, and otherwise it waits again.</summary>
    internal Task<bool> ResumeAsync(long fireId, CancellationToken cancellation) => InTurnAsync(async db =>
    {
        if (await ClaimedFires.FindAsync(db, fireId, cancellation) is not { } fire) return false;
        Interrupted(fire.ScheduleId);
        // Made and not noted by anybody else: no other fire is in the middle of it while this one has the turn.
        fire.BatchId = await db.Batches.Where(b => b.ScheduleId == fire.ScheduleId && b.CreatedAt >= fire.At && !db.ScheduleFires.Any(f => f.BatchId == b.Id))
            .OrderByDescending(b => b.Id).Select(b => (int?)b.Id).FirstOrDefaultAsync(cancellation);
        if (fire.BatchId is null) Hold(fire, FireOutcome.Waiting, "The server ended while it was starting this; it begins again.");
        else (fire.Reason, fire.Detail) = (null, null);
        await db.SaveChangesAsync(cancellation);
        changes.Raise("schedule", fire.ScheduleId);
        return true;
    }, cancellation);

    private async Task<T> InTurnAsync<T>(Func<StudioDbContext, Task<T>> work, CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation);
        try
        {
            await using var turn = await turns.EnterAsync(Turn.FireSchedule, cancellation);
            await using var db = database.CreateDbContext();
            return await work(db);
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private static Task<Schedule?> FindAsync(StudioDbContext db, int scheduleId, CancellationToken cancellation) =>
        db.Schedules.Include(s => s.Dataset).Include(s => s.Template).SingleOrDefaultAsync(s => s.Id == scheduleId, cancellation);

    private static Task<List<Batch>> UnfinishedAsync(StudioDbContext db, int scheduleId, CancellationToken cancellation) => db.Batches.AsNoTracking()
        .Where(b => b.ScheduleId == scheduleId && (b.Status == BatchStatus.Queued || b.Status == BatchStatus.Running || b.Status == BatchStatus.Paused)).ToListAsync(cancellation);

    /// <summary>Applies the pause and the overlap rule; a person's own wish goes before a pause.</summary>
    private async Task<bool> HoldsBackAsync(StudioDbContext db, Schedule schedule, ScheduleFire fire, CancellationToken cancellation)
    {
        if (fire.Cause != FireCause.Person && schedule.IsPaused(time.GetUtcNow()))
            return Hold(fire, FireOutcome.Skipped, schedule.PauseReason is null ? "The schedule is paused." : "The schedule is paused: {0}", schedule.PauseReason);
        if (await UnfinishedAsync(db, schedule.Id, cancellation) is not [var older, ..] unfinished) return false;
        if (schedule.Overlap == OverlapRule.Skip) return Hold(fire, FireOutcome.Skipped, "The batch before it is not finished: {0}", older.Name);
        if (schedule.Overlap == OverlapRule.Wait)
            return await db.ScheduleFires.AnyAsync(f => f.ScheduleId == schedule.Id && f.Outcome == FireOutcome.Waiting, cancellation)
                ? Hold(fire, FireOutcome.Skipped, "Another start of this schedule is waiting already.")
                : Hold(fire, FireOutcome.Waiting, "It waits for the batch before it: {0}", older.Name);
        await CancelAsync(unfinished, cancellation);
        return false;
    }

    private async Task CancelAsync(List<Batch> unfinished, CancellationToken cancellation)
    {
        foreach (var batch in unfinished) await cancel(batch.Id, cancellation);
    }

    private static bool Hold(ScheduleFire fire, FireOutcome outcome, string reason, string? detail = null)
    {
        (fire.Outcome, fire.Reason, fire.Detail) = (outcome, reason, detail);
        return true;
    }

    private async Task StartAsync(StudioDbContext db, Schedule schedule, ScheduleFire fire, CancellationToken cancellation)
    {
        (fire.Outcome, fire.Reason, fire.Detail) = (FireOutcome.Refused, null, null);
        if (schedule.Dataset!.ArchivedAt is not null) fire.Reason = "The dataset is archived.";
        else if (schedule.Template!.ArchivedAt is not null) fire.Reason = "The template is archived.";
        if (fire.Reason is not null) return;
        var onlyNew = schedule.OnlyNewPictures || fire.Cause == FireCause.Folder;
        if (onlyNew && await db.Images.AnyAsync(i => i.DatasetId == schedule.DatasetId, cancellation)
            && !await db.Images.Where(i => i.DatasetId == schedule.DatasetId).NewTo(db, schedule.Id).AnyAsync(cancellation))
        {
            Hold(fire, FireOutcome.Skipped, "The dataset has no new pictures.");
            return;
        }
        var version = await db.TemplateVersions.Where(v => v.TemplateId == schedule.TemplateId).OrderByDescending(v => v.Number).Select(v => v.Id).FirstAsync(cancellation);
        var order = new BatchOrder(schedule.DatasetId, version, schedule.Engine, schedule.LabelSetId, NameOf(schedule, time.GetUtcNow()), schedule.Id, null) { OnlyNewPictures = onlyNew };
        try
        {
            (fire.BatchId, fire.Outcome) = (await start(order, cancellation), FireOutcome.Began);
        }
        catch (InvalidOperationException refusal)
        {
            fire.Reason = refusal.Message.Length <= 500 ? refusal.Message : refusal.Message[..500];
        }
        catch (Exception fault) when (!cancellation.IsCancellationRequested)
        {
            StartFailed(fault, schedule.Id);
            fire.Reason = "The batch could not be made because of an unexpected fault. The log has the details.";
        }
    }

    // Not to be stopped: the batch is there, and so must be the note of it.
    private async Task<FiredSchedule> SaveAsync(StudioDbContext db, Schedule schedule, ScheduleFire fire)
    {
        var fired = FiredSchedule.Of(fire);
        (schedule.LastFiredAt, schedule.LastProblem) = (time.GetUtcNow().UtcDateTime, fired.Problem);
        await db.SaveChangesAsync();
        if (fired.Problem is { } problem) HeldBack(schedule.Id, fire.Outcome, problem);
        changes.Raise("schedule", schedule.Id);
        return fired;
    }

    /// <summary>The schedule's name with the wall clock of its zone: what people look for in the morning.</summary>
    private static string NameOf(Schedule schedule, DateTimeOffset now)
    {
        var local = TimeZoneInfo.TryFindSystemTimeZoneById(schedule.TimeZone, out var zone) ? TimeZoneInfo.ConvertTime(now, zone) : now;
        return string.Create(CultureInfo.InvariantCulture, $"{schedule.Name} · {local:yyyy-MM-dd HH:mm}");
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Schedule {ScheduleId} made no batch ({Outcome}): {Problem}")]
    private partial void HeldBack(int scheduleId, FireOutcome outcome, string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A server ended while it was starting a batch of schedule {ScheduleId}; this one sees to it")]
    private partial void Interrupted(int scheduleId);

    [LoggerMessage(Level = LogLevel.Error, Message = "Schedule {ScheduleId} could not make its batch")]
    private partial void StartFailed(Exception fault, int scheduleId);
}

/// <summary>What a fire made: a batch, or the reason why not (yet).</summary>
public sealed record FiredSchedule(int? BatchId, ScheduleProblem? Why, FireOutcome Outcome, bool IsGone = false)
{
    internal static FiredSchedule Gone { get; } = new(null, new ScheduleProblem("The schedule was deleted."), FireOutcome.Refused, IsGone: true);

    /// <summary>The reason in English.</summary>
    public string? Problem => Why?.ToString();

    internal static FiredSchedule Of(ScheduleFire fire) => new(fire.BatchId, ReasonOf(fire), fire.Outcome);

    /// <summary>Why a fire made no batch; null where it made one.</summary>
    internal static ScheduleProblem? ReasonOf(ScheduleFire fire) =>
        fire.Reason is null ? null : fire.Detail is null ? new ScheduleProblem(fire.Reason) : new ScheduleProblem(fire.Reason, fire.Detail);
}
