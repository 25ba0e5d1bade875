namespace GlmStudio.Web.Features.Inference;

/// <summary>Wires the feature: its handlers and its doors.</summary>
public static class InferenceFeature
{
    public static IServiceCollection AddInference(this IServiceCollection services) => services;

    public static void MapInference(this IEndpointRouteBuilder app)
    {
    }
}
