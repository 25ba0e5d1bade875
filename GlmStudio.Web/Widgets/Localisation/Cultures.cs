using Microsoft.AspNetCore.Localization;

namespace GlmStudio.Web.Widgets.Localisation;

/// <summary>Chinese and English: the visitor's choice (a cookie) first, then the browser's languages, then English.</summary>
public static class Cultures
{
    public static IReadOnlyList<string> Supported { get; } = ["en", "zh"];

    public static RequestLocalizationOptions Options()
    {
        var options = new RequestLocalizationOptions { ApplyCurrentCultureToResponseHeaders = true };
        options.SetDefaultCulture("en").AddSupportedCultures([.. Supported]).AddSupportedUICultures([.. Supported]);
        return options;
    }

    /// <summary><c>/culture?to=zh&amp;back=/batches</c> remembers the choice and returns to the page.</summary>
    public static void MapCulture(this IEndpointRouteBuilder app) => app.MapGet("/culture", (HttpContext http, string to, string? back) =>
    {
        if (Supported.Contains(to))
            http.Response.Cookies.Append(CookieRequestCultureProvider.DefaultCookieName,
                CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(to)),
                new CookieOptions { MaxAge = TimeSpan.FromDays(400), SameSite = SameSiteMode.Lax, IsEssential = true });
        return Results.LocalRedirect(back is ['/', ..] and not ['/', '/', ..] and not ['/', '\\', ..] ? back : "/");
    }).ExcludeFromDescription();
}
