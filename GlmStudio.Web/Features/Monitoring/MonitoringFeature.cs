namespace GlmStudio.Web.Features.Monitoring;

/// <summary>Whether the program is well, for people (<c>/system</c>), for probes (<c>/healthz</c>) and for Prometheus (<c>/metrics</c>).</summary>
public static class MonitoringFeature
{
    public static IServiceCollection AddMonitoring(this IServiceCollection services) => services
        .AddSingleton<DescribeSystem>().AddSingleton<SettingsInForce>().AddSingleton<MetricsEndpoint>()
        .AddSingleton<MeterReadings>().AddHostedService(s => s.GetRequiredService<MeterReadings>());

    public static void MapMonitoring(this IEndpointRouteBuilder app)
    {
        // The server listens only after the database is up to date: whoever gets an answer here can go on.
        app.MapGet("/healthz", () => Results.Text("ok")).WithTags("System").WithSummary("Answers \"ok\" once the server is ready");
        app.MapGet("/metrics", MetricsEndpoint.HandleAsync).WithTags("System").WithSummary("Counters in the Prometheus text format")
            .Produces<string>(StatusCodes.Status200OK, "text/plain");
    }
}
