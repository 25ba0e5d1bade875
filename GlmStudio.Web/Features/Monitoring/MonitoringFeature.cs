using GlmStudio.Web.Data.Cluster;

namespace GlmStudio.Web.Features.Monitoring;

/// <summary>Whether the program is well, for people (<c>/system</c>), for probes (<c>/healthz</c>, <c>/healthz/live</c>, <c>/healthz/ready</c>) and for Prometheus (<c>/metrics</c>).</summary>
public static class MonitoringFeature
{
    public static IServiceCollection AddMonitoring(this IServiceCollection services) => services
        .AddSingleton<DescribeSystem>().AddSingleton<SettingsInForce>().AddSingleton<MetricsEndpoint>()
        .AddSingleton<MeterReadings>().AddHostedService(s => s.GetRequiredService<MeterReadings>());

    public static void MapMonitoring(this IEndpointRouteBuilder app)
    {
        // The server listens only after the database is up to date: whoever gets an answer here can go on.
        app.MapGet("/healthz", () => Results.Text("ok")).WithTags("System").WithSummary("Answers \"ok\" once the server is ready");
        app.MapGet("/healthz/live", () => Results.Text("ok")).WithTags("System").WithSummary("Answers \"ok\" while the process lives, whatever the database does");
        app.MapGet("/healthz/ready", ReadyAsync).WithTags("System").WithSummary("Whether a proxy may send work here: 503 while the database does not answer or the node is about to stop")
            .Produces<string>(StatusCodes.Status200OK, "text/plain").Produces<string>(StatusCodes.Status503ServiceUnavailable, "text/plain");
        NodesEndpoint.Map(app);
        app.MapGet("/metrics", MetricsEndpoint.HandleAsync).WithTags("System").WithSummary("Counters in the Prometheus text format")
            .Produces<string>(StatusCodes.Status200OK, "text/plain");
    }

    private static async Task<IResult> ReadyAsync(DatabaseHealth health, IHostApplicationLifetime lifetime, CancellationToken cancellation) =>
        lifetime.ApplicationStopping.IsCancellationRequested ? NotReady("draining")
        : await health.AskAsync(cancellation) ? Results.Text("ready") : NotReady("the database does not answer");

    private static IResult NotReady(string why) => Results.Text(why, statusCode: StatusCodes.Status503ServiceUnavailable);
}
