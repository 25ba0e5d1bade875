namespace GlmStudio.Web.Features.Review;

/// <summary>Wires the feature: its handlers and its doors.</summary>
public static class ReviewFeature
{
    public static IServiceCollection AddReview(this IServiceCollection services) => services
        .AddSingleton<EditCell>().AddSingleton<UndoCorrection>().AddSingleton<AcceptRow>().AddSingleton<RateRow>().AddSingleton<ReadReview>();

    public static void MapReview(this IEndpointRouteBuilder app) => app.MapReviewSteps();
}
