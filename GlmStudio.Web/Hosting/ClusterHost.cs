using GlmStudio.Web.Data.Cluster;
using GlmStudio.Web.Engines;
using Microsoft.Extensions.Options;

namespace GlmStudio.Web.Hosting;

/// <summary>What makes a process a node among others (docs/cluster.md). Added before all features: hosted services stop in reverse.</summary>
internal static class ClusterHost
{
    public static void AddCluster(this IServiceCollection services)
    {
        services.AddOptions<ClusterOptions>().BindConfiguration("Cluster").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<DatabaseClock>().AddSingleton<LiveNodes>().AddSingleton<NodeFacts>().AddSingleton<EngineRoutes>();
        services.AddSingleton<DatabaseHealth>().AddSingleton<DatabaseStart>().AddSingleton<Turns>();
        services.AddHostedService<DatabaseWatch>().AddHostedService<ChangeRelay>().AddHostedService<Heartbeat>().AddHostedService<DrainFirst>();
        // Long enough for draining and for the rows in flight.
        services.AddOptions<HostOptions>().PostConfigure<IOptions<ClusterOptions>>((host, cluster) => host.ShutdownTimeout += TimeSpan.FromSeconds(cluster.Value.DrainSeconds));
    }
}
