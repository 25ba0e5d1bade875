namespace GlmStudio.Web.Features.Datasets;

/// <summary>Wires the feature: its handlers and its doors.</summary>
public static class DatasetsFeature
{
    public static IServiceCollection AddDatasets(this IServiceCollection services) => services;

    public static void MapDatasets(this IEndpointRouteBuilder app)
    {
    }
}
