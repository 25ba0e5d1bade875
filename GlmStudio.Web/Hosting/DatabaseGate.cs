using System.Globalization;
using System.Net;
using GlmStudio.Web.Data.Cluster;
using GlmStudio.Web.Features.Inference.Completions;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.Extensions.Localization;

namespace GlmStudio.Web.Hosting;

/// <summary>While the database is away: pages are a plain one that loads itself again, calls of programs a problem that says when to try again. Both 503, neither a stack trace.</summary>
internal sealed class DatabaseGate(RequestDelegate next, DatabaseHealth health, IStringLocalizer texts, TimeProvider time)
{
    private const string Away = "The database does not answer since {0}; work waits and goes on by itself. Nothing is lost.";
    private const int RetrySeconds = 3;

    // Here the errors are OpenAI's.
    private static readonly string[] ForOpenAiClients = ["/v1/chat/completions", "/v1/files", "/v1/batches"];

    public async Task InvokeAsync(HttpContext http)
    {
        if (IsPage(http) && health.AwaySince is not null)
        {
            await ShowPageAsync(http);
            return;
        }
        try
        {
            await next(http);
        }
        catch (Exception fault) when (DatabaseFaults.IsAway(fault) && !http.Response.HasStarted)
        {
            http.Response.Clear();
            await (IsPage(http) ? ShowPageAsync(http) : RefuseAsync(http));
        }
    }

    private static bool IsPage(HttpContext http) => http.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null;

    // The first request to fail is answered before the question of its own has come back: it went away just now.
    private string Since => (health.AwaySince ?? time.GetUtcNow().UtcDateTime).ToString("HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private Task ShowPageAsync(HttpContext http)
    {
        Head(http);
        var (language, text) = (CultureInfo.CurrentUICulture.TwoLetterISOLanguageName, WebUtility.HtmlEncode(texts[Away, Since]));
        return Results.Content($"""
            <!DOCTYPE html>
            <html lang="{language}">
            <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta http-equiv="refresh" content="{RetrySeconds}">
                <title>GlmStudio</title>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml">
                <link rel="stylesheet" href="/glm-studio.css">
            </head>
            <body><main class="plain-page"><h1>GlmStudio</h1><p>{text}</p></main></body>
            </html>
            """, "text/html; charset=utf-8", statusCode: StatusCodes.Status503ServiceUnavailable).ExecuteAsync(http);
    }

    private Task RefuseAsync(HttpContext http)
    {
        Head(http);
        var detail = Away.Replace("{0}", Since, StringComparison.Ordinal);
        return (ForOpenAiClients.Any(p => http.Request.Path.StartsWithSegments(p, StringComparison.OrdinalIgnoreCase))
            ? CompletionError.Result(StatusCodes.Status503ServiceUnavailable, detail)
            : Results.Problem(detail, statusCode: StatusCodes.Status503ServiceUnavailable)).ExecuteAsync(http);
    }

    private static void Head(HttpContext http)
    {
        http.Response.Headers.RetryAfter = RetrySeconds.ToString(CultureInfo.InvariantCulture);
        http.Response.Headers.CacheControl = "no-store";
    }
}
