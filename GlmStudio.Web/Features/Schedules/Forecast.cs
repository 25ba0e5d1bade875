namespace GlmStudio.Web.Features.Schedules;

/// <summary>What earlier batches let expect of the next one.</summary>
/// <param name="Rows">Rows it will have.</param>
/// <param name="RowsPerSecond">Measured over the latest batches of the same template and engine; null where there are none.</param>
/// <param name="StartsAt">UTC; null where no time is set.</param>
/// <param name="Deadline">UTC; null where nobody waits for it.</param>
public sealed record Forecast(int Rows, double? RowsPerSecond, DateTime? StartsAt, DateTime? Deadline)
{
    /// <summary>How long it will take; null where nothing was measured.</summary>
    public TimeSpan? Duration => RowsPerSecond is { } pace ? TimeSpan.FromSeconds(Math.Min(Rows / pace, TimeSpan.MaxValue.TotalSeconds / 2)) : null;

    public DateTime? DoneAt => StartsAt is { } start && Duration is { } duration && duration < DateTime.MaxValue - start ? start + duration : null;

    public bool IsLate => DoneAt is { } done && Deadline is { } deadline ? done > deadline : Duration is { } long_ && StartsAt is not null && Deadline is not null && long_ > TimeSpan.FromDays(1);

    /// <summary>The first time after a start at which the zone's clock shows a time of day, in UTC. A time that clocks skip is taken right after
    /// the gap; of one that comes twice, the first counts.</summary>
    public static DateTime DeadlineAfter(DateTime startUtc, TimeOnly doneBy, TimeZoneInfo zone)
    {
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(startUtc, zone));
        var deadline = ToUtc(day.ToDateTime(doneBy), zone);
        return deadline > startUtc ? deadline : ToUtc(day.AddDays(1).ToDateTime(doneBy), zone);
    }

    private static DateTime ToUtc(DateTime local, TimeZoneInfo zone)
    {
        while (zone.IsInvalidTime(local)) local = local.AddMinutes(1);
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return DateTime.SpecifyKind(local - offset, DateTimeKind.Utc);
    }
}
