namespace GlmStudio.Web.Features.Models;

/// <summary>Wires the feature: its handlers and its doors.</summary>
public static class ModelsFeature
{
    public static IServiceCollection AddModels(this IServiceCollection services) => services;

    public static void MapModels(this IEndpointRouteBuilder app)
    {
    }
}
