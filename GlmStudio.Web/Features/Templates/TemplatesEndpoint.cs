using System.Net.Mime;
using Microsoft.AspNetCore.Http.HttpResults;

namespace GlmStudio.Web.Features.Templates;

/// <summary>Templates for programs: list, export, import.</summary>
internal static class TemplatesEndpoint
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/templates").WithTags("Templates");
        group.MapGet("", ListAsync).WithSummary("The templates");
        group.MapGet("{key}", ExportAsync).WithSummary("One template as a JSON file: the newest version, or ?version=2");
        group.MapPost("", ImportAsync).WithSummary("Imports a template file: a new template, or the next version of the one with its key")
            .Accepts<object>(MediaTypeNames.Application.Json).DisableAntiforgery();
    }

    private static async Task<Ok<IReadOnlyList<TemplateSummary>>> ListAsync(ListTemplates list, bool archived = false, CancellationToken cancellation = default) =>
        TypedResults.Ok(await list.HandleAsync(archived, cancellation));

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> ExportAsync(
        string key, ExportTemplate export, int? version = null, CancellationToken cancellation = default) =>
        await export.HandleAsync(key, version, cancellation) is { } file
            ? TypedResults.File(file, MediaTypeNames.Application.Json, $"{key}.template.json")
            : TypedResults.Problem($"There is no template \"{key}\"{(version is null ? "" : $" with version {version}")}.", statusCode: StatusCodes.Status404NotFound);

    private static async Task<Results<Created<ImportedTemplate>, Ok<ImportedTemplate>, ProblemHttpResult>> ImportAsync(
        HttpRequest request, ImportTemplate import, CancellationToken cancellation)
    {
        // The content type is checked because browsers send other types across sites without asking.
        if (!request.HasJsonContentType())
            return TypedResults.Problem("Send the template file with Content-Type: application/json.", statusCode: StatusCodes.Status415UnsupportedMediaType);
        if (request.ContentLength > TemplateJson.MaxBytes)
            return TypedResults.Problem(TemplateJson.TooLarge.ToString(), statusCode: StatusCodes.Status413PayloadTooLarge);
        var saved = await import.HandleAsync(request.Body, "the API", cancellation);
        if (saved.Version is not { } version)
            return TypedResults.Problem(saved.Message, title: "The template was refused.", statusCode: StatusCodes.Status400BadRequest,
                extensions: [new("problems", saved.Problems.Select(p => p.ToString()))]);
        var imported = new ImportedTemplate(version.Template!.Key, version.Number, saved.IsNew);
        return saved.IsNew ? TypedResults.Created($"/api/templates/{imported.Key}?version={imported.Version}", imported) : TypedResults.Ok(imported);
    }
}

/// <summary>What an import made.</summary>
/// <param name="Key">The template.</param>
/// <param name="Version">Its newest version.</param>
/// <param name="IsNew">False where the newest version already had this content.</param>
public sealed record ImportedTemplate(string Key, int Version, bool IsNew);
