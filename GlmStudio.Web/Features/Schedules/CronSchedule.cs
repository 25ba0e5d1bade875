using Microsoft.Extensions.Localization;
using Quartz;

namespace GlmStudio.Web.Features.Schedules;

/// <summary>Reads cron expressions of Quartz's form: second, minute, hour, day of month, month, day of week, perhaps year.</summary>
public static class CronSchedule
{
    /// <summary>Batches start no faster than this: a typing error must not fill the disk overnight.</summary>
    public static readonly TimeSpan ShortestGap = TimeSpan.FromMinutes(1);

    public const int MaxLength = 120;

    /// <summary>What is wrong with an expression, in words; null where it can be used.</summary>
    public static ScheduleProblem? Check(string cron, DateTimeOffset now)
    {
        var parts = CronParts.Split(cron);
        if (parts.Length == 0) return new("Say when: choose a time above, or write a cron expression.");
        if (cron.Length > MaxLength) return new("The expression has {0} characters; the limit is {1}.", cron.Length, MaxLength);
        if (parts.Length == 5) return new("This has five parts, as in Unix; the seconds are missing. Write: {0}", FromUnix(parts));
        if (parts.Length is not (6 or 7)) return new("The expression has {0} parts; it needs six: second, minute, hour, day, month, weekday.", parts.Length);
        if (CronParts.FindFault(parts) is { } fault) return fault;
        if (!CronExpression.TryParse(cron, out var expression)) return new("These parts do not go together. A plain one is 0 0 2 * * ?");
        return CheckFires(expression.WithTimeZone(TimeZoneInfo.Utc), now);
    }

    /// <summary>The next times an expression fires, in UTC; fewer than asked for where it ends. Empty for an expression that cannot be read.</summary>
    public static IReadOnlyList<DateTime> NextFires(string cron, TimeZoneInfo zone, DateTimeOffset after, int count)
    {
        if (!CronExpression.TryParse(cron, out var expression)) return [];
        expression = expression.WithTimeZone(zone);
        var fires = new List<DateTime>();
        for (DateTimeOffset? next = expression.GetNextValidTimeAfter(after); next is { } time && fires.Count < count; next = expression.GetNextValidTimeAfter(time))
            fires.Add(time.UtcDateTime);
        return fires;
    }

    private static ScheduleProblem? CheckFires(CronExpression expression, DateTimeOffset now)
    {
        if (expression.GetNextValidTimeAfter(now) is not { } first) return new("This time never comes. Check day, month and year.");
        // Sixty-one fires in a row cross a minute and an hour, where expressions that are too fast show themselves.
        for (var i = 0; i < 61 && expression.GetNextValidTimeAfter(first) is { } next; i++, first = next)
            if (next - first < ShortestGap) return new("This fires every {0} seconds; at most once a minute is allowed. Put 0 in front for the seconds.", (int)(next - first).TotalSeconds);
        return null;
    }

    /// <summary>Seconds in front, and a ? for the day that does not matter.</summary>
    private static string FromUnix(string[] p) => p switch
    {
        [_, _, "*", _, "*"] => $"0 {p[0]} {p[1]} * {p[3]} ?",
        [_, _, _, _, "*"] => $"0 {p[0]} {p[1]} {p[2]} {p[3]} ?",
        _ => $"0 {p[0]} {p[1]} ? {p[3]} {Names(p[4])}",
    };

    // Unix counts Sunday as 0 or 7, Quartz as 1: names mean the same in both.
    private static string Names(string weekdays) => string.Concat(weekdays.Select(c => c is >= '0' and <= '7' ? CronParts.WeekdayNames[(c - '0') % 7] : c.ToString()));
}

/// <summary>One sentence about what cannot be used.</summary>
/// <param name="Text">English sentence with <c>{0}</c> places; the key of its translation.</param>
/// <param name="Arguments">What stands in the places.</param>
public sealed record ScheduleProblem(string Text, params object[] Arguments)
{
    /// <summary>The sentence in the visitor's language; names of parts ("hour") are words too.</summary>
    public string In(IStringLocalizer texts) => texts[Text, [.. Arguments.Select(a => a is string { Length: > 0 } word ? texts[word].Value : a)]];

    /// <summary>The English sentence, for programs and logs.</summary>
    public override string ToString() => string.Format(System.Globalization.CultureInfo.InvariantCulture, Text, Arguments);
}
