using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace GlmStudio.Web.Features.Inference;

/// <summary>A body to try, shown with its endpoint on <c>/docs</c>.</summary>
internal sealed record RequestExample(string Json);

/// <summary>The OpenAPI document and the page that shows it.</summary>
internal static class ApiDocument
{
    /// <summary>The group of these doors, the first on the page.</summary>
    public const string Tag = "Answers";

    private static readonly string[] First = ["/v1/batch-infer", "/v1/chat", "/v1/chat/completions", "/api/predict", "/v1/models", "/v1/files", "/v1/batches"];

    private const string Page = """
        <!DOCTYPE html>
        <html lang="en">
        <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>API · GlmStudio</title>
            <link rel="icon" href="/favicon.svg" type="image/svg+xml">
            <link rel="stylesheet" href="/swagger/swagger-ui.css">
        </head>
        <body>
            <div id="swagger-ui"></div>
            <noscript>This page needs JavaScript; the document itself is at <a href="/openapi/v1.json">/openapi/v1.json</a>.</noscript>
            <script src="/swagger/swagger-ui-bundle.js"></script>
            <script src="/js/inference.js" type="module"></script>
        </body>
        </html>
        """;

    public static void Add(IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.AddDocumentTransformer((document, _, _) => Describe(document));
        options.AddOperationTransformer((operation, context, _) => AddExample(operation, context));
    });

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapOpenApi("/openapi/{documentName}.json");
        app.MapGet("/docs", () => Results.Content(Page, "text/html; charset=utf-8")).ExcludeFromDescription();
    }

    private static Task Describe(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo
        {
            Title = "GlmStudio", Version = "v1",
            Description = "Pictures and questions in, text out. Pictures are data URIs, base64 text or http(s) addresses; errors are problem documents (RFC 9457), "
                + "and OpenAI's error objects at /v1/chat/completions, /v1/files and /v1/batches. "
                + "While the database does not answer, calls that need it get 503 with Retry-After. "
                + "The server listens on this machine only unless its settings say otherwise; scripts to start from are in docs/examples.",
        };
        // No server is named: calls go to wherever the page was read from, so a forwarded port works too.
        document.Servers = null;
        var paths = document.Paths.OrderBy(p => Array.IndexOf(First, p.Key) is var at and >= 0 ? at : First.Length).ThenBy(p => p.Key, StringComparer.Ordinal).ToList();
        document.Paths = [];
        foreach (var (path, item) in paths) document.Paths.Add(path, item);
        document.Tags = document.Tags?.OrderBy(t => t.Name != Tag).ThenBy(t => t.Name, StringComparer.Ordinal).ToHashSet();
        return Task.CompletedTask;
    }

    private static Task AddExample(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        var example = context.Description.ActionDescriptor.EndpointMetadata.OfType<RequestExample>().FirstOrDefault();
        if (example is not null && operation.RequestBody?.Content is { } content && content.TryGetValue("application/json", out var body))
            body.Example = JsonNode.Parse(example.Json);
        return Task.CompletedTask;
    }
}
