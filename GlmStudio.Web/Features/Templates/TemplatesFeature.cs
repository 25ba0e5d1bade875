namespace GlmStudio.Web.Features.Templates;

/// <summary>Wires the feature: its handlers and its doors.</summary>
public static class TemplatesFeature
{
    public static IServiceCollection AddTemplates(this IServiceCollection services) => services
        .AddSingleton<ListTemplates>().AddSingleton<CreateTemplate>().AddSingleton<SaveVersion>().AddSingleton<ArchiveTemplate>()
        .AddSingleton<DuplicateTemplate>().AddSingleton<ExportTemplate>().AddSingleton<ImportTemplate>().AddSingleton<DiffVersions>()
        .AddSingleton<OpenTemplate>().AddSingleton<ReadAnswers>().AddSingleton<QuestionRules>().AddSingleton<RestoreVersion>().AddSingleton<InstallLibrary>().AddSingleton<FindTemplate>();

    public static void MapTemplates(this IEndpointRouteBuilder app) => TemplatesEndpoint.Map(app);
}
