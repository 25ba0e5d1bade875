using Microsoft.Extensions.Options;

namespace GlmStudio.Web.Hosting;

/// <summary>The API's port opens with its documentation; the dashboard's with the dashboard. Everything else is the same on both.</summary>
internal sealed class ApiPort(RequestDelegate next, IOptions<StudioOptions> options)
{
    public Task InvokeAsync(HttpContext http)
    {
        var (port, studio) = (http.Connection.LocalPort, options.Value);
        if (http.Request.Path != "/" || !HttpMethods.IsGet(http.Request.Method) || port != studio.ApiPort || port == studio.WebPort) return next(http);
        http.Response.Redirect("/docs");
        return Task.CompletedTask;
    }
}
