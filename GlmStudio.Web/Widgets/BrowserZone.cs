using Microsoft.JSInterop;

namespace GlmStudio.Web.Widgets;

/// <summary>The visitor's time zone, asked of the browser once a circuit. Until it answers, times are shown in UTC.</summary>
public sealed class BrowserZone(IJSRuntime js)
{
    private Task? _asked;

    public TimeZoneInfo Zone { get; private set; } = TimeZoneInfo.Utc;

    /// <summary>Call in OnAfterRenderAsync; returns once the zone is known.</summary>
    public Task EnsureAsync() => _asked ??= AskAsync();

    public DateTime ToLocal(DateTime utc) => TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), Zone);

    private async Task AskAsync()
    {
        var id = await js.InvokeAsync<string>("glm.timeZone");
        if (TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone)) Zone = zone;
    }
}
