using GlmStudio.Web.Data;
using GlmStudio.Web.Data.Cluster;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace GlmStudio.Web.Engines;

/// <summary>On a server: writes down every few seconds that this node lives and what it has. The first service to start, so the last to stop.</summary>
internal sealed partial class Heartbeat(IDbContextFactory<StudioDbContext> databases, DatabaseClock clock, NodeFacts facts, IHostApplicationLifetime lifetime,
    IOptions<ClusterOptions> options, TimeProvider time, ILogger<Heartbeat> log) : BackgroundService
{
    private static readonly TimeSpan Forgotten = TimeSpan.FromDays(1);
    private static readonly TimeSpan LastWord = TimeSpan.FromSeconds(3);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var isDraining = lifetime.ApplicationStopping.IsCancellationRequested;
            await TryAsync(stop => BeatAsync(isDraining, stop), stoppingToken);
            // A stop is told at once, so that the others take the work over while this node still finishes its own.
            using var woken = isDraining ? CancellationTokenSource.CreateLinkedTokenSource(stoppingToken)
                : CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lifetime.ApplicationStopping);
            await Task.Delay(options.Value.Heartbeat, time, woken.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        using var end = new CancellationTokenSource(LastWord, time);
        await TryAsync(LeaveAsync, end.Token);
    }

    /// <summary>Says that this node lives, and forgets those that have said nothing for a day.</summary>
    internal async Task BeatAsync(bool isDraining, CancellationToken cancellation)
    {
        await using var db = databases.CreateDbContext();
        var now = await clock.NowAsync(db, cancellation);
        var read = facts.Read();
        (read.SeenAt, read.StartedAt, read.IsDraining) = (now, now, isDraining);
        if (await db.Nodes.SingleOrDefaultAsync(n => n.Id == read.Id, cancellation) is { } known)
        {
            read.StartedAt = known.StartedAt;
            db.Entry(known).CurrentValues.SetValues(read);
        }
        else
        {
            db.Nodes.Add(read);
        }
        await db.SaveChangesAsync(cancellation);
        var before = now - Forgotten;
        await db.Nodes.Where(n => n.SeenAt < before).ExecuteDeleteAsync(cancellation);
    }

    private async Task LeaveAsync(CancellationToken cancellation)
    {
        await using var db = databases.CreateDbContext();
        await db.Nodes.Where(n => n.Id == OwnerProcess.Current).ExecuteDeleteAsync(cancellation);
    }

    private async Task TryAsync(Func<CancellationToken, Task> step, CancellationToken cancellation)
    {
        try
        {
            await step(cancellation);
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            LogFault(fault.GetBaseException().Message);
        }
        catch (OperationCanceledException)
        {
            // It stops, or the database does not take the last word.
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "This node could not say that it lives: {Problem}")]
    private partial void LogFault(string problem);
}
