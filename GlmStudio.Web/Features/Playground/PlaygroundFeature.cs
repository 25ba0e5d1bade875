namespace GlmStudio.Web.Features.Playground;

/// <summary>Wires the feature: its handlers and its doors.</summary>
public static class PlaygroundFeature
{
    public static IServiceCollection AddPlayground(this IServiceCollection services) => services;

    public static void MapPlayground(this IEndpointRouteBuilder app)
    {
    }
}
