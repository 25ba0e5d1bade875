namespace GlmStudio.Web.Features.Playground;

/// <summary>Trying a question on a picture or two before it becomes a template.</summary>
public static class PlaygroundFeature
{
    public static IServiceCollection AddPlayground(this IServiceCollection services) => services.AddSingleton<AskEngine>().AddSingleton<ListTemplateVersions>();

    public static void MapPlayground(this IEndpointRouteBuilder app)
    {
    }
}
