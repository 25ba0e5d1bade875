using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Features.Schedules.Folders;
using GlmStudio.Web.Features.Schedules.Messages;
using GlmStudio.Web.Widgets.Localisation;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Web.Features.Schedules;

/// <summary>Makes or changes a schedule and sets the clock to it.</summary>
public sealed class SaveSchedule(
    IDbContextFactory<StudioDbContext> database, ScheduleClock clock, WatchedFolders folders, MessageSecrets secrets, TimeProvider time, ChangeFeed changes)
{
    // The batch's name adds the time to it.
    public const int MaxName = 150;

    /// <summary>Saves a schedule and leaves its messages as they are.</summary>
    public Task<SavedSchedule> HandleAsync(Schedule draft, CancellationToken cancellation = default) => HandleAsync(draft, null, cancellation);

    /// <param name="draft">What the form holds; id 0 makes a new one.</param>
    /// <param name="message">Where messages go; null: as before.</param>
    /// <param name="cancellation">Stops before saving.</param>
    public async Task<SavedSchedule> HandleAsync(Schedule draft, MessageDraft? message, CancellationToken cancellation = default)
    {
        await using var db = database.CreateDbContext();
        var problems = Check(draft);
        if (problems.Count == 0) problems = await CheckPartsAsync(db, draft, cancellation);
        var schedule = draft.Id == 0 ? null : await db.Schedules.SingleOrDefaultAsync(s => s.Id == draft.Id, cancellation);
        if (draft.Id != 0 && schedule is null) problems = [new("The schedule was deleted.")];
        var target = schedule?.Message;
        if (message is not null)
        {
            target = secrets.Seal(message, schedule?.Message, out var fault);
            if (fault is not null) problems.Add(fault);
        }
        if (problems.Count > 0) return new SavedSchedule(null, problems);

        if (schedule is null)
        {
            schedule = new Schedule { Name = "", Cron = "", TimeZone = "", Engine = "", CreatedAt = time.GetUtcNow().UtcDateTime, IsEnabled = draft.IsEnabled };
            db.Schedules.Add(schedule);
        }
        Copy(draft, schedule);
        schedule.Message = target;
        await db.SaveChangesAsync(cancellation);
        await clock.ApplyAsync(schedule, cancellation);
        changes.Raise("schedule", schedule.Id);
        return new SavedSchedule(schedule, []);
    }

    private static void Copy(Schedule draft, Schedule schedule)
    {
        (schedule.Name, schedule.Cron, schedule.TimeZone, schedule.Engine) = (draft.Name.Trim(), draft.Cron.Trim(), draft.TimeZone, draft.Engine);
        (schedule.DatasetId, schedule.TemplateId, schedule.LabelSetId) = (draft.DatasetId, draft.TemplateId, draft.LabelSetId);
        (schedule.Misfire, schedule.Overlap, schedule.OnlyNewPictures, schedule.DoneBy) = (draft.Misfire, draft.Overlap, draft.OnlyNewPictures, draft.DoneBy);
        (schedule.WatchFolder, schedule.Language) = (Folder(draft), draft.Language);
    }

    private static string? Folder(Schedule draft) => string.IsNullOrWhiteSpace(draft.WatchFolder) ? null : draft.WatchFolder.Trim();

    /// <summary>What can be said without the database.</summary>
    public List<ScheduleProblem> Check(Schedule draft)
    {
        var problems = new List<ScheduleProblem>();
        if (string.IsNullOrWhiteSpace(draft.Name)) problems.Add(new("Give the schedule a name."));
        else if (draft.Name.Trim().Length > MaxName || draft.Name.Any(char.IsControl)) problems.Add(new("The name may have {0} characters on one line.", MaxName));
        // A folder alone may start it.
        if ((draft.Cron.Trim().Length > 0 || Folder(draft) is null) && CronSchedule.Check(draft.Cron.Trim(), time.GetUtcNow()) is { } cron) problems.Add(cron);
        if (Folder(draft) is { } folder && folders.Check(folder) is { } wrong) problems.Add(wrong);
        if (!Cultures.Supported.Contains(draft.Language)) problems.Add(new("The language of messages is en or zh."));
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(draft.TimeZone, out _)) problems.Add(new("This machine does not know the time zone \"{0}\".", draft.TimeZone));
        return problems;
    }

    private static async Task<List<ScheduleProblem>> CheckPartsAsync(StudioDbContext db, Schedule draft, CancellationToken cancellation)
    {
        var problems = new List<ScheduleProblem>();
        if (!await db.Datasets.AnyAsync(d => d.Id == draft.DatasetId && d.ArchivedAt == null, cancellation)) problems.Add(new("Choose a dataset."));
        if (!await db.Templates.AnyAsync(t => t.Id == draft.TemplateId && t.ArchivedAt == null, cancellation)) problems.Add(new("Choose a template."));
        if (string.IsNullOrWhiteSpace(draft.Engine)) problems.Add(new("Choose an engine."));
        if (draft.LabelSetId is { } labels && !await db.LabelSets.AnyAsync(l => l.Id == labels && l.DatasetId == draft.DatasetId, cancellation))
            problems.Add(new("The labels belong to another dataset. Choose again."));
        return problems;
    }
}

/// <summary>The saved schedule, or the reasons why not.</summary>
public sealed record SavedSchedule(Schedule? Schedule, IReadOnlyList<ScheduleProblem> Problems);
