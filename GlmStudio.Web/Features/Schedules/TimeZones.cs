using System.Globalization;

namespace GlmStudio.Web.Features.Schedules;

/// <summary>The time zones a form offers, by IANA name: the visitor's and Asia/Shanghai first.</summary>
internal static class TimeZones
{
    public static IReadOnlyList<ZoneChoice> Offer(TimeZoneInfo visitor, string? current, DateTimeOffset now)
    {
        var first = new[] { current, Iana(visitor.Id), "Asia/Shanghai", "UTC" }.OfType<string>().Distinct().Where(IsKnown).ToList();
        var rest = TimeZoneInfo.GetSystemTimeZones().Select(z => Iana(z.Id)).Where(id => id.Contains('/', StringComparison.Ordinal)
            && !id.StartsWith("Etc/", StringComparison.Ordinal)).Except(first).Order(StringComparer.Ordinal);
        return [.. first.Concat(rest).Select(id => new ZoneChoice(id, Text(id, now)))];
    }

    /// <summary><c>Asia/Shanghai (UTC+08:00)</c>, with the offset of now.</summary>
    public static string Text(string id, DateTimeOffset now)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone)) return id;
        var offset = zone.GetUtcOffset(now);
        return string.Create(CultureInfo.InvariantCulture, $"{id} (UTC{(offset < TimeSpan.Zero ? '-' : '+')}{offset:hh\\:mm})");
    }

    // Windows has names of its own; the database stores what every system knows.
    private static string Iana(string id) => TimeZoneInfo.TryConvertWindowsIdToIanaId(id, out var iana) ? iana : id;

    private static bool IsKnown(string id) => TimeZoneInfo.TryFindSystemTimeZoneById(id, out _);
}

/// <summary>One entry of the list.</summary>
internal sealed record ZoneChoice(string Id, string Text);
