using GlmStudio.Web.Data.Cluster;
using Microsoft.Extensions.Options;

namespace GlmStudio.Web.Engines;

/// <summary>At a stop: leaves a proxy the time to notice that this node is not ready any more, before any door closes.</summary>
internal sealed class DrainFirst(IOptions<ClusterOptions> options, TimeProvider time) : IHostedLifecycleService
{
    public Task StoppingAsync(CancellationToken cancellationToken) => options.Value.DrainSeconds == 0 ? Task.CompletedTask
        : Task.Delay(TimeSpan.FromSeconds(options.Value.DrainSeconds), time, cancellationToken);

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
