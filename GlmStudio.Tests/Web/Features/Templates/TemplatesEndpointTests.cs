using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using GlmStudio.Tests.Support;
using GlmStudio.Web.Features.Templates;

namespace GlmStudio.Tests.Web.Features.Templates;

public sealed class TemplatesEndpointTests : IAsyncLifetime
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;
    private static readonly Uri Templates = new("/api/templates", UriKind.Relative);
    private StudioApp _studio = null!;

    public async ValueTask InitializeAsync() => _studio = await StudioApp.StartAsync();

    public ValueTask DisposeAsync() => _studio.DisposeAsync();

    [Fact]
    public async Task Post_NewThenSameThenChanged_Is201Then200Then201()
    {
        Assert.Equal(HttpStatusCode.Created, (await Post(TemplateJson.Write(Drafts.Ticket()))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await Post(TemplateJson.Write(Drafts.Ticket()))).StatusCode);
        using var changed = await Post(TemplateJson.Write(Drafts.Ticket("price")));
        Assert.Equal("/api/templates/ticket?version=2", changed.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task Get_List_NamesKeyVersionAndFields()
    {
        await Post(TemplateJson.Write(Drafts.Ticket()));
        using var list = JsonDocument.Parse(await _studio.Http.GetStringAsync(Templates, Cancellation));
        var ticket = Assert.Single(list.RootElement.EnumerateArray());
        Assert.Equal("ticket", ticket.GetProperty("key").GetString());
        Assert.Equal(1, ticket.GetProperty("versions").GetInt32());
        Assert.Equal(2, ticket.GetProperty("fields").GetArrayLength());
    }

    [Fact]
    public async Task Get_Export_IsTheFileThatWasImported()
    {
        var file = TemplateJson.Write(Drafts.Ticket());
        await Post(file);
        Assert.Equal(file, await _studio.Http.GetByteArrayAsync(new Uri("/api/templates/ticket", UriKind.Relative), Cancellation));
    }

    [Theory]
    [InlineData("/api/templates/nothing")]
    [InlineData("/api/templates/ticket?version=7")]
    public async Task Get_Unknown_Is404WithAReason(string path)
    {
        await Post(TemplateJson.Write(Drafts.Ticket()));
        using var response = await _studio.Http.GetAsync(new Uri(path, UriKind.Relative), Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("There is no template", await response.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_Damaged_Is400WithEveryProblem()
    {
        using var response = await Post("""{"format":"glm-studio-template","version":1,"key":"A","name":"","fields":[]}"""u8.ToArray());
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        using var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal(3, problem.RootElement.GetProperty("problems").GetArrayLength());
    }

    [Fact]
    public async Task Post_TooLarge_Is413() => Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await Post(new byte[TemplateJson.MaxBytes + 1])).StatusCode);

    [Fact]
    public async Task Post_AnotherContentType_Is415() =>
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await Post(TemplateJson.Write(Drafts.Ticket()), "text/plain")).StatusCode);

    private async Task<HttpResponseMessage> Post(byte[] body, string type = "application/json")
    {
        using var content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue(type) } };
        return await _studio.Http.PostAsync(Templates, content, Cancellation);
    }
}
