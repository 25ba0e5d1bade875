namespace GlmStudio.Web.Features.Reports;

/// <summary>Wires the feature: its handlers and its doors.</summary>
public static class ReportsFeature
{
    public static IServiceCollection AddReports(this IServiceCollection services) => services.AddSingleton<WriteReport>();

    public static void MapReports(this IEndpointRouteBuilder app) => app.MapReport();
}
