using System.Net;
using GlmStudio.Tests.Support;
using GlmStudio.Web.Features.Templates;

namespace GlmStudio.Tests.Web.Features.Templates;

public sealed class TemplatePagesTests(TemplatePagesTests.Site site) : IClassFixture<TemplatePagesTests.Site>
{
    [Theory]
    [InlineData("/templates", "购物小票", "显示已归档")]
    [InlineData("/templates?q=nothing-like-it", "没有与“nothing-like-it”匹配的模板", "搜索名称")]
    [InlineData("/templates?archived=true", "没有已归档的模板", "显示已归档")]
    [InlineData("/templates/library", "模板库", "invoice")]
    [InlineData("/templates/new", "新建模板", "field1")]
    [InlineData("/templates/receipt", "模型读到的文字", "Read the values below")]
    [InlineData("/templates/receipt/versions/1", "恢复为版本 3", "Read the values below")]
    [InlineData("/templates/receipt/diff/1/2", "从版本 1 到版本 2", "address")]
    [InlineData("/templates/receipt/diff/1/1", "没有差别", "指令、页面文字设置、回答形式、再次询问设置和字段相同")]
    [InlineData("/templates/receipt/diff/1/9", "其中一个版本不存在", "全部模板")]
    [InlineData("/templates/nothing", "没有模板“nothing”", "全部模板")]
    [InlineData("/templates/receipt/versions/9", "没有版本 9", "全部模板")]
    public async Task Get_Page_ShowsWhatItIsFor(string path, string first, string second)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative)) { Headers = { { "Accept-Language", "zh" } } };
        using var response = await site.Studio.Http.SendAsync(request, TestContext.Current.CancellationToken);
        var html = WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains(first, html, StringComparison.Ordinal);
        Assert.Contains(second, html, StringComparison.Ordinal);
    }

    /// <summary>The library, and a second version of its receipt: pages only read, so one program serves all.</summary>
    public sealed class Site : IAsyncLifetime
    {
        public StudioApp Studio { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Studio = await StudioApp.StartAsync();
            await Studio.Get<InstallLibrary>().HandleAsync(TestContext.Current.CancellationToken);
            var draft = TemplateLibrary.Find("receipt")!.Clean();
            draft.Fields.RemoveAt(2);
            await Studio.Get<SaveVersion>().HandleAsync(draft, 1, "", TestContext.Current.CancellationToken);
        }

        public ValueTask DisposeAsync() => Studio.DisposeAsync();
    }
}
