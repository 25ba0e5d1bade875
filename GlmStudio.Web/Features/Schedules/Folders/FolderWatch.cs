using System.Collections.Concurrent;
using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace GlmStudio.Web.Features.Schedules.Folders;

/// <summary>Takes the new files of watched folders into their datasets, and has a batch started when no file is on its way any more.</summary>
public sealed partial class FolderWatch(IDbContextFactory<StudioDbContext> database, WatchedFolders folders, AddPicture add, IOptions<ScheduleOptions> options,
    TimeProvider time, ChangeFeed changes, ILogger<FolderWatch> log) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1);
    private readonly ConcurrentDictionary<(int Schedule, string Folder), SettledFiles> _files = new();

    /// <summary>Whether files of the schedule's folder are still being written.</summary>
    public bool IsSettling(int scheduleId) => _files.Any(f => f.Key.Schedule == scheduleId && f.Value.AnyUnsettled);

    /// <summary>Looks at every watched folder once.</summary>
    public async Task HandleAsync(CancellationToken cancellation = default)
    {
        if (!folders.IsAllowed) return;
        await _one.WaitAsync(cancellation);
        try
        {
            await LookAsync(cancellation);
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task LookAsync(CancellationToken cancellation)
    {
        await using var db = database.CreateDbContext();
        var now = time.GetUtcNow();
        var watching = (await db.Schedules.AsNoTracking().Where(s => s.WatchFolder != null && s.IsEnabled).ToListAsync(cancellation)).Where(s => !s.IsPaused(now)).ToList();
        foreach (var gone in _files.Keys.Except(watching.Select(s => (s.Id, s.WatchFolder!))).ToList()) _files.TryRemove(gone, out _);
        foreach (var schedule in watching)
            if (folders.Find(schedule.WatchFolder!) is { } folder) await LookAsync(db, schedule, folder, now, cancellation);
    }

    private async Task LookAsync(StudioDbContext db, Schedule schedule, string folder, DateTimeOffset now, CancellationToken cancellation)
    {
        var files = _files.GetOrAdd((schedule.Id, schedule.WatchFolder!), _ => new SettledFiles());
        var settled = files.Look(FolderFiles.List(folder), now, TimeSpan.FromSeconds(options.Value.SettleSeconds));
        var known = settled.Count == 0 ? [] : await db.Images.Where(i => i.DatasetId == schedule.DatasetId).Select(i => i.Path).ToHashSetAsync(cancellation);
        var added = 0;
        try
        {
            foreach (var path in settled.Where(p => !known.Contains(p)))
                if (await TakeAsync(schedule, folder, path, files, cancellation)) added++;
        }
        finally
        {
            // What was taken is known from now on and never asked for again, so a stop in the middle asks too.
            if (added > 0) await AskAsync(db, schedule, added, now);
        }
    }

    private async Task<bool> TakeAsync(Schedule schedule, string folder, string path, SettledFiles files, CancellationToken cancellation)
    {
        try
        {
            await using var stream = FolderFiles.Open(folder, path);
            var added = await add(schedule.DatasetId, path, stream, cancellation);
            if (added.Problem is { } problem) NotTaken(schedule.Id, path, problem);
            return added.IsNew;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            files.Forget(path);
            NotTaken(schedule.Id, path, fault.Message);
            return false;
        }
    }

    /// <summary>Notes that a batch is wanted, where no note waits yet: the pictures are in the dataset, so a restart forgets nothing.</summary>
    private async Task AskAsync(StudioDbContext db, Schedule schedule, int added, DateTimeOffset now)
    {
        Taken(schedule.Id, added);
        if (await db.ScheduleFires.AnyAsync(f => f.ScheduleId == schedule.Id && f.Outcome == FireOutcome.Waiting)) return;
        db.ScheduleFires.Add(new ScheduleFire
        {
            ScheduleId = schedule.Id, At = now.UtcDateTime, Cause = FireCause.Folder, Outcome = FireOutcome.Waiting, Reason = "It waits until no file of the folder is being written.",
        });
        await db.SaveChangesAsync();
        changes.Raise("schedule", schedule.Id);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Schedule {ScheduleId} took {Files} new files from its folder")]
    private partial void Taken(int scheduleId, int files);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Schedule {ScheduleId} did not take {Path}: {Problem}")]
    private partial void NotTaken(int scheduleId, string path, string problem);
}
