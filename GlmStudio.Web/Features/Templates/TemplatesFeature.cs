namespace GlmStudio.Web.Features.Templates;

/// <summary>Wires the feature: its handlers and its doors.</summary>
public static class TemplatesFeature
{
    public static IServiceCollection AddTemplates(this IServiceCollection services) => services;

    public static void MapTemplates(this IEndpointRouteBuilder app)
    {
    }
}
