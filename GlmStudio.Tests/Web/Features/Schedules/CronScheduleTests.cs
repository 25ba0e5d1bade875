using GlmStudio.Web.Features.Schedules;

namespace GlmStudio.Tests.Web.Features.Schedules;

public sealed class CronScheduleTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("0 0 2 * * ?")]
    [InlineData("0 0/15 9-17 ? * MON-FRI")]
    [InlineData("0 0 2 L * ?")]
    [InlineData("0 0 2 15W * ?")]
    [InlineData("0 0 2 ? * FRI#3")]
    [InlineData("0 0 2 ? * 6L")]
    [InlineData("0 0 2 1 1 ? 2030")]
    [InlineData("0 * * * * ?")]
    public void Check_Usable_IsNull(string cron) => Assert.Null(CronSchedule.Check(cron, Now));

    [Theory]
    [InlineData("", "Say when")]
    [InlineData("0 2 * * *", "Write: 0 0 2 * * ?")]
    [InlineData("0 2 * * 1-5", "Write: 0 0 2 ? * MON-FRI")]
    [InlineData("0 2 * * 0", "Write: 0 0 2 ? * SUN")]
    [InlineData("0 2 15 * *", "Write: 0 0 2 15 * ?")]
    [InlineData("0 0", "has 2 parts")]
    [InlineData("0 0 25 * * ?", "The hour \"25\" cannot be read: use 0 to 23")]
    [InlineData("0 60 2 * * ?", "The minute \"60\" cannot be read")]
    [InlineData("0 0 2 32 * ?", "The day of the month \"32\"")]
    [InlineData("0 0 2 ? * FUNDAY", "The weekday \"FUNDAY\" cannot be read: use 1 to 7, names such as SUN")]
    [InlineData("0 0 2 ? * MON#6", "The weekday \"MON#6\"")]
    [InlineData("0 0 2 1 13 ?", "The month \"13\"")]
    [InlineData("0 0 2 30 2 ?", "never comes")]
    [InlineData("0 0 2 1 1 ? 1999", "never comes")]
    [InlineData("* * * * * ?", "fires every 1 seconds")]
    [InlineData("0/20 * * * * ?", "fires every 20 seconds")]
    [InlineData("十 0 2 * * ?", "The second \"十\"")]
    public void Check_Unusable_SaysWhyInWords(string cron, string expected) =>
        Assert.Contains(expected, CronSchedule.Check(cron, Now)!.ToString(), StringComparison.Ordinal);

    [Fact]
    public void Check_VeryLong_IsRefused() => Assert.Contains("limit is 120", CronSchedule.Check("0 0 2 * * ?" + new string(' ', 200) + "2030", Now)!.ToString(), StringComparison.Ordinal);

    [Fact]
    public void NextFires_Shanghai_AreInUtc() => Assert.Equal(
        ["2026-03-01 18:00", "2026-03-02 18:00"], Fires("0 0 2 * * ?", "Asia/Shanghai", Now, 2));

    [Fact]
    public void NextFires_HourThatIsSkippedInSpring_FiresOnceThatDayAfterTheGap() => Assert.Equal(
        // New York, 8 March 2026: 02:00 EST is 03:00 EDT (07:00 UTC); 02:30 does not exist.
        ["2026-03-07 07:30", "2026-03-08 07:00", "2026-03-09 06:30"], Fires("0 30 2 * * ?", "America/New_York", new(2026, 3, 6, 12, 0, 0, TimeSpan.Zero), 3));

    [Fact]
    public void NextFires_HourThatComesTwiceInAutumn_FiresOnce() => Assert.Equal(
        // New York, 1 November 2026: 01:30 EDT is 05:30 UTC, 01:30 EST is 06:30 UTC.
        ["2026-10-31 05:30", "2026-11-01 05:30", "2026-11-02 06:30"], Fires("0 30 1 * * ?", "America/New_York", new(2026, 10, 30, 12, 0, 0, TimeSpan.Zero), 3));

    [Fact]
    public void NextFires_DailyThroughAYearWithBothChanges_FiresEveryDayOnce()
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        var fires = CronSchedule.NextFires("0 30 2 * * ?", zone, new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), 365);
        Assert.Equal(365, fires.Select(f => DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(f, zone))).Distinct().Count());
    }

    [Theory]
    [InlineData("0 0 2 13 * FRI", "2026-03-06 02:00", "2026-03-13 02:00", "2026-03-20 02:00", "2026-03-27 02:00", "2026-04-03 02:00", "2026-04-10 02:00", "2026-04-13 02:00")]
    [InlineData("0 0 2 * * MON", "2026-03-02 02:00", "2026-03-09 02:00")]
    public void NextFires_DayAndWeekday_FireOnEither_AsTheWordsSay(string cron, params string[] fires) => Assert.Equal(fires, Fires(cron, "UTC", Now, fires.Length));

    [Fact]
    public void NextFires_ExpressionThatEnds_AreFewer() => Assert.Single(Fires("0 0 2 1 1 ? 2027", "UTC", Now, 5));

    [Fact]
    public void NextFires_Unreadable_AreNone() => Assert.Empty(Fires("nonsense", "UTC", Now, 5));

    private static List<string> Fires(string cron, string zone, DateTimeOffset after, int count) =>
        [.. CronSchedule.NextFires(cron, TimeZoneInfo.FindSystemTimeZoneById(zone), after, count).Select(f => $"{f:yyyy-MM-dd HH:mm}")];
}
