using GlmStudio.Web.Data;

namespace GlmStudio.Web.Features.Scoring;

/// <summary>Wires the feature: its handlers and its doors.</summary>
public static class ScoringFeature
{
    public static IServiceCollection AddScoring(this IServiceCollection services) => services
        .AddSingleton<BatchScores>().AddSingleton<ListScores>().AddSingleton<Calibrations>().AddSingleton<ReadConfidence>().AddSingleton<CalibrateConfidence>();

    public static void MapScoring(this IEndpointRouteBuilder app)
    {
        app.MapScores();
        app.MapConfidence();
    }
}
