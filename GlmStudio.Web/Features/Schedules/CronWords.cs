using System.Globalization;
using System.Text.RegularExpressions;

namespace GlmStudio.Web.Features.Schedules;

/// <summary>Says a cron expression in plain words, Chinese or English: <c>0 0 2 ? * MON-FRI</c> is "Monday to Friday at 02:00", 周一至周五 02:00.
/// A part without a plain sentence is shown as it is written.</summary>
public static partial class CronWords
{
    private static readonly string[] EnglishDays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
    private static readonly string[] ChineseDays = ["周日", "周一", "周二", "周三", "周四", "周五", "周六"];
    private static readonly string[] Ordinals = ["first", "second", "third", "fourth", "fifth"];

    /// <summary>The sentence; empty for an expression that cannot be read.</summary>
    public static string Describe(string cron, bool chinese)
    {
        var parts = CronParts.Split(cron);
        if (parts.Length is not (6 or 7) || CronParts.FindFault(parts) is not null) return "";
        var (time, isMoment) = Time(parts, chinese);
        var day = Days(parts, chinese);
        var month = Months(parts[4], chinese);
        var year = parts is [.., var y] && parts.Length == 7 && y != "*" ? y : null;
        return chinese ? Chinese(time, isMoment, day, month, year) : English(time, isMoment, day, month, year);
    }

    private static string English(string time, bool isMoment, string? day, string? month, string? year)
    {
        var when = isMoment ? $"{day ?? "every day"} {time}" : day is null ? time : $"{time}, {day}";
        if (month is not null) when += $", {month}";
        if (year is not null) when += $", in {year}";
        return char.ToUpperInvariant(when[0]) + when[1..];
    }

    private static string Chinese(string time, bool isMoment, string? day, string? month, string? year)
    {
        // 1 月、7 月的 1 日; without a month the day of the month is 每月 1 日, a weekday stands alone.
        var days = (month, day) switch
        {
            (null, null) => isMoment ? "每天" : "",
            (null, _) => day.StartsWith('周') || day.StartsWith("每周", StringComparison.Ordinal) ? day : $"每月{day}",
            (_, null) => $"{month}每天",
            _ => $"{month}的{day}",
        };
        var sentence = (year is null ? "" : $"{year} 年 ") + (days.Length == 0 ? time : isMoment ? $"{days} {time}" : $"{days}，{time}");
        return DigitAfterIdeograph().Replace(sentence, " ");
    }

    /// <summary>The time of day, and whether it is one or more moments ("at 02:00") rather than a rhythm ("every 15 minutes").</summary>
    private static (string Text, bool IsMoment) Time(string[] parts, bool zh)
    {
        var (seconds, minutes, hours) = (CronParts.Parse(0, parts[0])!, CronParts.Parse(1, parts[1])!, CronParts.Parse(2, parts[2])!);
        if (seconds is not [{ IsSingle: true } second]) return Raw(parts, zh);
        if (minutes.All(m => m.IsSingle) && hours.All(h => h.IsSingle) && minutes.Count * hours.Count <= 6)
        {
            var moments = from h in hours from m in minutes select Clock(h.From, m.From, second.From);
            return ((zh ? "" : "at ") + string.Join(zh ? "、" : ", ", moments), true);
        }
        if (second.From != 0) return Raw(parts, zh);
        return (minutes, hours) switch
        {
            ([{ From: 0, To: 59, Step: var step }], [{ From: 0, To: 23, Step: 1 }]) => (Every(step, zh ? "分钟" : "minute", zh), false),
            ([{ From: 0, To: 59, Step: var step }], [{ Step: 1 } h]) => (Every(step, zh ? "分钟" : "minute", zh) + (zh ? $"，{Clock(h.From, 0, 0)} 至 {Clock(h.To, 59, 0)}" : $" from {Clock(h.From, 0, 0)} to {Clock(h.To, 59, 0)}"), false),
            ([{ IsSingle: true } m], [{ From: 0, To: 23, Step: var step }]) => (Every(step, zh ? "小时" : "hour", zh) + (zh ? $"，第 {m.From} 分" : $" at minute {m.From}"), false),
            ([{ IsSingle: true } m], [var h]) => (Every(h.Step, zh ? "小时" : "hour", zh) + (zh ? $"，{Clock(h.From, m.From, 0)} 至 {Clock(h.To, m.From, 0)}" : $" from {Clock(h.From, m.From, 0)} to {Clock(h.To, m.From, 0)}"), false),
            _ => Raw(parts, zh),
        };
    }

    private static (string, bool) Raw(string[] parts, bool zh) =>
        (zh ? $"{parts[2]} 时 {parts[1]} 分 {parts[0]} 秒" : $"at hour {parts[2]}, minute {parts[1]}, second {parts[0]}", true);

    private static string Every(int step, string unit, bool zh) => zh ? (step == 1 ? $"每{unit}" : $"每 {step} {unit}") : step == 1 ? $"every {unit}" : $"every {step} {unit}s";

    /// <summary>The days in words; null for every day.</summary>
    private static string? Days(string[] parts, bool zh)
    {
        var days = (MonthDays(parts[3].ToUpperInvariant(), zh), Weekdays(parts[5].ToUpperInvariant(), zh));
        // Where both are given Quartz fires on the days that fit either.
        return days is ({ } a, { } b) ? (zh ? $"{a}或{b}" : $"{a} or {b}") : days.Item1 ?? days.Item2;
    }

    private static string? MonthDays(string text, bool zh) => (text, CronParts.Parse(3, text)) switch
    {
        ("?" or "*", _) => null,
        ("L", _) => zh ? "最后一天" : "on the last day of the month",
        ("LW", _) => zh ? "最后一个工作日" : "on the last weekday of the month",
        (_, [{ To: 31, Step: > 1 } every]) => zh ? $"从 {every.From} 日起每 {every.Step} 天" : $"every {every.Step} days from day {every.From} of the month",
        (_, { } items) => zh ? Join(items, d => $"{d} 日", zh) : $"on day {Join(items, Number, zh)} of the month",
        ([.. var day, 'W'], _) => zh ? $"离 {day} 日最近的工作日" : $"on the weekday nearest to day {day} of the month",
        ([_, _, .. var before], _) => zh ? $"最后一天之前 {before} 天" : $"{before} days before the last day of the month",
        _ => text,
    };

    private static string? Weekdays(string text, bool zh)
    {
        string Name(int day) => (zh ? ChineseDays : EnglishDays)[day - 1];
        if (text is "?" or "*") return null;
        if (CronParts.Parse(5, text) is { } items)
            return items is [{ Step: > 1 }] ? (zh ? $"每周 {text}" : $"weekdays {text}") : Join(items, Name, zh, zh ? "" : "on ");
        if (text == "L") return Name(7);
        var day = CronParts.Parse(5, text.Split('#', 'L')[0])![0].From;
        if (text.EndsWith('L')) return zh ? $"最后一个{Name(day)}" : $"on the last {Name(day)} of the month";
        var nth = text[^1] - '0';
        return zh ? $"第 {nth} 个{Name(day)}" : $"on the {Ordinals[nth - 1]} {Name(day)} of the month";
    }

    private static string? Months(string text, bool zh)
    {
        if (CronParts.Parse(4, text) is not { } items || items is [{ From: 1, To: 12, Step: 1 }]) return null;
        if (items is [{ Step: > 1 } every]) return zh ? $"从 {every.From} 月起每 {every.Step} 个月" : $"every {every.Step} months from {MonthName(every.From)}";
        return zh ? Join(items, m => $"{m} 月", zh) : $"in {Join(items, MonthName, zh)}";
    }

    [GeneratedRegex(@"(?<=[\u4E00-\u9FFF])(?=\d)")]
    private static partial Regex DigitAfterIdeograph();

    private static string MonthName(int month) => CultureInfo.InvariantCulture.DateTimeFormat.GetMonthName(month);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Entries in words; <paramref name="before"/> stands before single days only: "on Monday", but "Monday to Friday".</summary>
    private static string Join(IReadOnlyList<CronItem> items, Func<int, string> name, bool zh, string before = "")
    {
        var text = string.Join(zh ? "、" : ", ", items.Select(i => i.IsSingle ? name(i.From) : $"{name(i.From)}{(zh ? "至" : " to ")}{name(i.To)}"));
        return items[0].IsSingle ? before + text : text;
    }

    private static string Clock(int hour, int minute, int second) =>
        string.Create(CultureInfo.InvariantCulture, $"{hour:00}:{minute:00}") + (second == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $":{second:00}"));
}
