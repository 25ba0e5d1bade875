namespace GlmStudio.Web.Features.Monitoring;

/// <summary>Wires the feature: its handlers and its doors.</summary>
public static class MonitoringFeature
{
    public static IServiceCollection AddMonitoring(this IServiceCollection services) => services;

    public static void MapMonitoring(this IEndpointRouteBuilder app)
    {
    }
}
