namespace GlmStudio.Web.Features.Datasets.Uploads;

/// <summary>
/// Refuses requests that another site's page makes a visitor's browser send. Programs send neither header and pass.
/// (A multipart form needs no preflight, so the browser itself would let it through.)
/// </summary>
internal static class SameOrigin
{
    /// <summary>Sent by our own pages; a browser asks before it sends it to another site, and nothing here says yes.</summary>
    public const string Header = "X-GlmStudio";

    public static TBuilder RefuseOtherSites<TBuilder>(this TBuilder builder) where TBuilder : IEndpointConventionBuilder =>
        builder.AddEndpointFilter((context, next) => IsOtherSite(context.HttpContext.Request) ? Refused() : next(context));

    public static TBuilder OnlyOwnPages<TBuilder>(this TBuilder builder) where TBuilder : IEndpointConventionBuilder =>
        builder.AddEndpointFilter((context, next) =>
            IsOtherSite(context.HttpContext.Request) || !context.HttpContext.Request.Headers.ContainsKey(Header) ? Refused() : next(context));

    private static bool IsOtherSite(HttpRequest request) =>
        (request.Headers["Sec-Fetch-Site"].ToString() is { Length: > 0 } site && site is not ("same-origin" or "none"))
        || (request.Headers.Origin.ToString() is { Length: > 0 } origin && !(Uri.TryCreate(origin, UriKind.Absolute, out var from) && from.Authority == request.Host.Value));

    private static ValueTask<object?> Refused() => ValueTask.FromResult<object?>(
        TypedResults.Problem("The request comes from another site's page.", statusCode: StatusCodes.Status403Forbidden));
}
