using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace GlmStudio.Web.Features.Schedules.Messages;

/// <summary>Sends the messages that are due, part after part; what does not arrive is tried again, later each time.</summary>
public sealed partial class SendMessages(IDbContextFactory<StudioDbContext> database, MessageSecrets secrets, MessageSender sender, IOptions<ScheduleOptions> options,
    TimeProvider time, ChangeFeed changes, ILogger<SendMessages> log)
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(4);

    // Longer than the parts of a message may take; after it another server may try.
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);

    /// <returns>How many arrived whole.</returns>
    public async Task<int> HandleAsync(CancellationToken cancellation = default)
    {
        await using var db = database.CreateDbContext();
        var now = time.GetUtcNow().UtcDateTime;
        var due = await db.ScheduleMessages.Include(m => m.Schedule).Where(m => m.DueAt != null && m.DueAt <= now).OrderBy(m => m.Id).ToListAsync(cancellation);
        var sent = 0;
        foreach (var message in due)
        {
            var (was, until) = (message.DueAt, now + Lease);
            if (await db.ScheduleMessages.Where(m => m.Id == message.Id && m.DueAt == was).ExecuteUpdateAsync(set => set.SetProperty(m => m.DueAt, until), cancellation) == 0) continue;
            message.Attempts++;
            message.Problem = await SendAsync(db, message, cancellation);
            if (message.Problem is null) sent++;
            Settle(message);
            await db.SaveChangesAsync(CancellationToken.None);
            changes.Raise("schedule", message.ScheduleId);
        }
        return sent;
    }

    /// <summary>A message that was given up is tried from the start of its waits again.</summary>
    public async Task RetryAsync(int scheduleId, CancellationToken cancellation = default)
    {
        await using var db = database.CreateDbContext();
        var now = time.GetUtcNow().UtcDateTime;
        await db.ScheduleMessages.Where(m => m.ScheduleId == scheduleId && m.SentAt == null).ExecuteUpdateAsync(set => set.SetProperty(m => m.DueAt, now).SetProperty(m => m.Attempts, 0), cancellation);
        await HandleAsync(cancellation);
    }

    /// <summary>How long to wait after so many attempts: doubles each time.</summary>
    internal static TimeSpan WaitAfter(int attempts) => attempts > 9 ? LongestWait : TimeSpan.FromTicks(Math.Min(FirstWait.Ticks << (attempts - 1), LongestWait.Ticks));

    private async Task<string?> SendAsync(StudioDbContext db, ScheduleMessage message, CancellationToken cancellation)
    {
        if (message.Schedule!.Message is not { } target) return "The schedule has no address for messages any more.";
        if (secrets.Open(target) is not { } open) return "The messages' address was saved on another machine and cannot be read here. Enter it again.";
        var parts = MessageForms.Parts(target.Kind, message);
        for (; message.PartsSent < parts.Count; message.PartsSent++)
        {
            var request = MessageForms.Request(target.Kind, open.Address, open.Secret, message, parts[message.PartsSent], time.GetUtcNow());
            if (await sender.SendAsync(request, cancellation) is { } problem) return problem;
            await db.ScheduleMessages.Where(m => m.Id == message.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.PartsSent, m => m.PartsSent + 1), CancellationToken.None);
        }
        return null;
    }

    private void Settle(ScheduleMessage message)
    {
        var now = time.GetUtcNow().UtcDateTime;
        if (message.Problem is null)
        {
            (message.SentAt, message.DueAt) = (now, null);
            return;
        }
        message.DueAt = message.Attempts < options.Value.MessageAttempts ? now + WaitAfter(message.Attempts) : null;
        Failed(message.ScheduleId, message.Attempts, message.Problem);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A message of schedule {ScheduleId} did not arrive (attempt {Attempt}): {Problem}")]
    private partial void Failed(int scheduleId, int attempt, string problem);
}
