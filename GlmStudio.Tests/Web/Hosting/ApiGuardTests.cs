using System.Net;
using GlmStudio.Tests.Support;

namespace GlmStudio.Tests.Web.Hosting;

public sealed class ApiGuardTests
{
    [Theory]
    [InlineData("localhost", 200)]
    [InlineData("LOCALHOST", 200)]
    [InlineData("127.0.0.1", 200)]
    [InlineData("[::1]", 200)]
    [InlineData("studio.example", 200)]
    [InlineData("evil.example", 403)]
    [InlineData("localhost.evil.example", 403)]
    [InlineData("10.0.0.1", 403)]
    public async Task Get_OnLoopback_AnswersOnlyItsOwnNames(string host, int expected) =>
        Assert.Equal(expected, await SendAsync(HttpMethod.Get, request => request.Headers.Host = host));

    [Theory]
    [InlineData(null, 400)]
    [InlineData("SELF", 400)]
    [InlineData("OTHERPORT", 400)]
    [InlineData("https://studio.example", 400)]
    [InlineData("http://evil.example", 403)]
    [InlineData("http://localhost:1", 403)]
    [InlineData("null", 403)]
    public async Task Post_FromAnotherSite_IsRefused(string? origin, int expected)
    {
        await using var studio = await StudioApp.StartAsync(null, "--Studio:Hosts:0=studio.example");
        origin = origin switch
        {
            "SELF" => $"http://localhost:{studio.Api.Port}",
            "OTHERPORT" => $"http://127.0.0.1:{studio.Dashboard.Port}",
            _ => origin,
        };
        Assert.Equal(expected, await SendAsync(studio, HttpMethod.Post, "/v1/chat", request =>
        {
            if (origin is not null) request.Headers.Add("Origin", origin);
        }));
    }

    [Fact]
    public async Task WebSocket_FromAnotherSite_IsRefused() => Assert.Equal(403, await SendAsync(HttpMethod.Get, request =>
    {
        request.Headers.Add("Origin", "http://evil.example");
        request.Headers.Connection.Add("Upgrade");
        request.Headers.Upgrade.ParseAdd("websocket");
    }));

    [Fact]
    public async Task Get_RootOfTheApiPort_LeadsToTheDocumentation()
    {
        await using var studio = await StudioApp.StartAsync();
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var api = await http.GetAsync(studio.Api, TestContext.Current.CancellationToken);
        using var dashboard = await http.GetAsync(studio.Dashboard, TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.Found, "/docs"), (api.StatusCode, api.Headers.Location?.ToString()));
        Assert.Equal(HttpStatusCode.OK, dashboard.StatusCode);
    }

    private static async Task<int> SendAsync(HttpMethod method, Action<HttpRequestMessage> change)
    {
        await using var studio = await StudioApp.StartAsync(null, "--Studio:Hosts:0=studio.example");
        return await SendAsync(studio, method, "/glm-studio.css", change);
    }

    private static async Task<int> SendAsync(StudioApp studio, HttpMethod method, string path, Action<HttpRequestMessage> change)
    {
        using var request = new HttpRequestMessage(method, new Uri(studio.Api, path));
        change(request);
        using var response = await studio.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return (int)response.StatusCode;
    }
}
