using System.Net;
using GlmStudio.Tests.Support;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Features.Schedules;
using GlmStudio.Web.Features.Templates;

namespace GlmStudio.Tests.Web.Features.Schedules;

public sealed class SchedulePagesTests
{
    [Fact]
    public async Task Get_EmptyList_SaysWhatToDo()
    {
        await using var studio = await StudioApp.StartAsync();
        Assert.Contains("让数据集每晚、每周一或在您指定的时间自动读取。", await GetAsync(studio, "/schedules"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/schedules", "每晚小票", "周一至周五 02:00")]
    [InlineData("/schedules/new", "Cron 表达式", "每天 02:00")]
    [InlineData("/schedules/1", "每晚小票", "接下来的时间")]
    [InlineData("/schedules/77", "没有这个定时任务", "全部定时")]
    public async Task Get_Page_ShowsWhatItIsFor(string path, string first, string second)
    {
        await using var studio = await StudioApp.StartAsync();
        var template = (await studio.Get<FindTemplate>().HandleAsync("receipt", TestContext.Current.CancellationToken)).Version!.TemplateId;
        await using (var db = studio.OpenDatabase())
        {
            db.Datasets.Add(new Dataset { Name = "三月", CreatedAt = DateTime.UnixEpoch });
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }
        var saved = await studio.Get<SaveSchedule>().HandleAsync(
            new Schedule { Name = "每晚小票", Cron = "0 0 2 ? * MON-FRI", TimeZone = "Asia/Shanghai", Engine = "reader", DatasetId = 1, TemplateId = template },
            TestContext.Current.CancellationToken);
        Assert.Empty(saved.Problems);
        var html = await GetAsync(studio, path);
        Assert.Contains(first, html, StringComparison.Ordinal);
        Assert.Contains(second, html, StringComparison.Ordinal);
    }

    private static async Task<string> GetAsync(StudioApp studio, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative)) { Headers = { { "Accept-Language", "zh" } } };
        using var response = await studio.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
