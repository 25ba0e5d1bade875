namespace GlmStudio.Web.Features.Schedules;

/// <summary>Wires the feature: its handlers and its doors.</summary>
public static class SchedulesFeature
{
    public static IServiceCollection AddSchedules(this IServiceCollection services) => services;

    public static void MapSchedules(this IEndpointRouteBuilder app)
    {
    }
}
