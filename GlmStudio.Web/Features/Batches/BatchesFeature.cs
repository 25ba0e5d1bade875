namespace GlmStudio.Web.Features.Batches;

/// <summary>Wires the feature: its handlers and its doors.</summary>
public static class BatchesFeature
{
    public static IServiceCollection AddBatches(this IServiceCollection services) => services;

    public static void MapBatches(this IEndpointRouteBuilder app)
    {
    }
}
