using GlmStudio.Web.Features.Schedules;

namespace GlmStudio.Tests.Web.Features.Schedules;

public sealed class ForecastTests
{
    private static readonly DateTime TwoOClock = new(2026, 3, 1, 18, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void DoneAt_RowsAtAPace_IsStartPlusTheirTime()
    {
        var forecast = new Forecast(12_000, 2.1, TwoOClock, TwoOClock.AddHours(4));
        Assert.Equal((TwoOClock.AddSeconds(12_000 / 2.1), false), (forecast.DoneAt, forecast.IsLate));
    }

    [Fact]
    public void IsLate_DoneAfterTheDeadline_True() => Assert.True(new Forecast(40_000, 2.1, TwoOClock, TwoOClock.AddHours(4)).IsLate);

    [Fact]
    public void DoneAt_NothingMeasured_IsNotGuessed()
    {
        var forecast = new Forecast(12_000, null, TwoOClock, TwoOClock.AddHours(4));
        Assert.Equal((null, false), (forecast.DoneAt, forecast.IsLate));
    }

    [Fact]
    public void IsLate_PaceOfYears_TrueWithoutOverflow() => Assert.True(new Forecast(int.MaxValue, 1e-6, TwoOClock, TwoOClock.AddHours(4)).IsLate);

    [Theory]
    [InlineData("Asia/Shanghai", "2026-03-01 18:00", "06:00", "2026-03-01 22:00")]
    [InlineData("Asia/Shanghai", "2026-03-01 23:00", "06:00", "2026-03-02 22:00")]
    // Berlin, 29 March 2026: 02:00 CET is 03:00 CEST; 02:30 does not exist and is taken at 03:00 CEST, 01:00 UTC.
    [InlineData("Europe/Berlin", "2026-03-28 23:30", "02:30", "2026-03-29 01:00")]
    // Berlin, 25 October 2026: 02:30 comes twice; the first, in summer time, is 00:30 UTC.
    [InlineData("Europe/Berlin", "2026-10-24 22:30", "02:30", "2026-10-25 00:30")]
    public void DeadlineAfter_Start_IsTheNextTimeOnTheZonesClock(string zone, string start, string doneBy, string deadline) => Assert.Equal(deadline,
        Forecast.DeadlineAfter(Utc(start), TimeOnly.Parse(doneBy, System.Globalization.CultureInfo.InvariantCulture), TimeZoneInfo.FindSystemTimeZoneById(zone))
            .ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture));

    private static DateTime Utc(string text) => DateTime.SpecifyKind(DateTime.Parse(text, System.Globalization.CultureInfo.InvariantCulture), DateTimeKind.Utc);
}
