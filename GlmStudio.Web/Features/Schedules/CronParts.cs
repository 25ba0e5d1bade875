using System.Globalization;

namespace GlmStudio.Web.Features.Schedules;

/// <summary>One entry of a cron part: <c>5</c>, <c>5-9</c>, <c>5/15</c>; <c>*</c> is the whole range.</summary>
internal sealed record CronItem(int From, int To, int Step)
{
    public bool IsSingle => From == To && Step == 1;
}

/// <summary>The grammar of a cron expression's parts, strict enough to say in words which part is wrong.</summary>
internal static class CronParts
{
    public static readonly string[] WeekdayNames = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];
    private static readonly string[] MonthNames = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];

    private static readonly Part[] Order =
    [
        new("second", 0, 59, []), new("minute", 0, 59, []), new("hour", 0, 23, []), new("day of the month", 1, 31, []),
        new("month", 1, 12, MonthNames), new("weekday", 1, 7, WeekdayNames), new("year", 1970, 2099, []),
    ];

    public static string[] Split(string cron) => cron.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The first part that cannot be read, in words.</summary>
    public static ScheduleProblem? FindFault(string[] parts)
    {
        for (var i = 0; i < parts.Length; i++)
            if (!IsSpecial(i, parts[i]) && Parse(i, parts[i]) is null)
                return new(Order[i].Names.Length > 0
                    ? "The {0} \"{1}\" cannot be read: use {2} to {3}, names such as {4}, or *, lists a,b, ranges a-b, steps a/b."
                    : "The {0} \"{1}\" cannot be read: use {2} to {3}, or *, lists a,b, ranges a-b, steps a/b.",
                    Order[i].Name, parts[i], Order[i].Min, Order[i].Max, Order[i].Names.FirstOrDefault() ?? "");
        return null;
    }

    /// <summary>The entries of a part, or null where it is out of range or written with day words (<c>L</c>, <c>W</c>, <c>#</c>).</summary>
    public static IReadOnlyList<CronItem>? Parse(int index, string text)
    {
        var items = new List<CronItem>();
        foreach (var entry in text.Split(','))
        {
            if (ParseEntry(Order[index], entry) is not { } item) return null;
            items.Add(item);
        }
        return items;
    }

    private static CronItem? ParseEntry(Part part, string entry)
    {
        var (range, stepText) = entry.Split('/') switch { [var r] => (r, null), [var r, var s] => (r, s), _ => ("", "") };
        var step = 1;
        if (stepText is not null && (!int.TryParse(stepText, NumberStyles.None, CultureInfo.InvariantCulture, out step) || step < 1 || step > part.Max)) return null;
        if (range == "*") return new CronItem(part.Min, part.Max, step);
        if (range.Split('-') is [var a, var b]) return part.Value(a) is { } low && part.Value(b) is { } high ? new CronItem(low, high, step) : null;
        return part.Value(range) is { } value ? new CronItem(value, stepText is null ? value : part.Max, step) : null;
    }

    private static bool IsSpecial(int index, string text) => (index, text.ToUpperInvariant()) switch
    {
        (3 or 5, "?") => true,
        (3, "L" or "LW") => true,
        (3, [.. var day, 'W']) => Order[3].Value(day) is not null,
        (3, ['L', '-', .. var before]) => Order[3].Value(before) is <= 30,
        (5, [.. var day, 'L']) => day.Length == 0 || Order[5].Value(day) is not null,
        (5, var text5) => text5.Split('#') is [var day, [>= '1' and <= '5']] && Order[5].Value(day) is not null,
        _ => false,
    };

    private sealed record Part(string Name, int Min, int Max, string[] Names)
    {
        public int? Value(string text)
        {
            var named = Array.FindIndex(Names, n => n.Equals(text, StringComparison.OrdinalIgnoreCase));
            if (named >= 0) return named + 1;
            return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= Min && value <= Max ? value : null;
        }
    }
}
