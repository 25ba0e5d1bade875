using GlmStudio.Web.Features.Schedules;

namespace GlmStudio.Tests.Web.Features.Schedules;

public sealed class CronWordsTests
{
    [Theory]
    [InlineData("0 0 2 * * ?", "Every day at 02:00", "每天 02:00")]
    [InlineData("30 5 2 * * ?", "Every day at 02:05:30", "每天 02:05:30")]
    [InlineData("0 0 8,20 * * ?", "Every day at 08:00, 20:00", "每天 08:00、20:00")]
    [InlineData("0 0,30 9 * * ?", "Every day at 09:00, 09:30", "每天 09:00、09:30")]
    [InlineData("0 0 2 ? * MON-FRI", "Monday to Friday at 02:00", "周一至周五 02:00")]
    [InlineData("0 0 2 ? * 2-6", "Monday to Friday at 02:00", "周一至周五 02:00")]
    [InlineData("0 0 2 ? * MON,thu", "On Monday, Thursday at 02:00", "周一、周四 02:00")]
    [InlineData("0 0 2 ? * 6L", "On the last Friday of the month at 02:00", "每月最后一个周五 02:00")]
    [InlineData("0 0 2 ? * TUE#2", "On the second Tuesday of the month at 02:00", "每月第 2 个周二 02:00")]
    [InlineData("0 0 2 1 * ?", "On day 1 of the month at 02:00", "每月 1 日 02:00")]
    [InlineData("0 0 2 1,15 * ?", "On day 1, 15 of the month at 02:00", "每月 1 日、15 日 02:00")]
    [InlineData("0 0 2 L * ?", "On the last day of the month at 02:00", "每月最后一天 02:00")]
    [InlineData("0 0 2 LW * ?", "On the last weekday of the month at 02:00", "每月最后一个工作日 02:00")]
    [InlineData("0 0 2 15W * ?", "On the weekday nearest to day 15 of the month at 02:00", "每月离 15 日最近的工作日 02:00")]
    [InlineData("0 0 2 L-3 * ?", "3 days before the last day of the month at 02:00", "每月最后一天之前 3 天 02:00")]
    [InlineData("0 0 2 1 JAN,7 ?", "On day 1 of the month at 02:00, in January, July", "1 月、7 月的 1 日 02:00")]
    [InlineData("0 0 2 * 6-8 ?", "Every day at 02:00, in June to August", "6 月至 8 月每天 02:00")]
    [InlineData("0 0 * * * ?", "Every hour at minute 0", "每小时，第 0 分")]
    [InlineData("0 0 0/6 * * ?", "Every 6 hours at minute 0", "每 6 小时，第 0 分")]
    [InlineData("0 0 9-17 ? * MON-FRI", "Every hour from 09:00 to 17:00, Monday to Friday", "周一至周五，每小时，09:00 至 17:00")]
    [InlineData("0 0/15 * * * ?", "Every 15 minutes", "每 15 分钟")]
    [InlineData("0 */5 9-17 * * ?", "Every 5 minutes from 09:00 to 17:59", "每 5 分钟，09:00 至 17:59")]
    [InlineData("0 0 2 1 1 ? 2030", "On day 1 of the month at 02:00, in January, in 2030", "2030 年 1 月的 1 日 02:00")]
    [InlineData("0 1,2,3 4,5,6 * * ?", "Every day at hour 4,5,6, minute 1,2,3, second 0", "每天 4,5,6 时 1,2,3 分 0 秒")]
    [InlineData("0 0 2 13 * FRI", "On day 13 of the month or on Friday at 02:00", "每月 13 日或周五 02:00")]
    [InlineData("0 0 2 * * MON", "On Monday at 02:00", "周一 02:00")]
    [InlineData("0 0 25 * * ?", "", "")]
    public void Describe_Expression_IsASentence(string cron, string english, string chinese)
    {
        Assert.Equal(english, CronWords.Describe(cron, chinese: false));
        Assert.Equal(chinese, CronWords.Describe(cron, chinese: true));
    }
}
