using System.Net;
using System.Text.Json;
using GlmStudio.Tests.Support;
using GlmStudio.Web.Data.Cluster;

namespace GlmStudio.Tests.Web.Hosting;

/// <summary>What people, programs and proxies get while the database is away.</summary>
[Collection(typeof(OnPostgres))]
public sealed class DatabaseGateTests(PostgresServer postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/templates", "en", "text/html", "Nothing is lost.")]
    [InlineData("/templates", "zh", "text/html", "不会丢失任何内容")]
    [InlineData("/api/batches", "en", "application/problem+json", "Nothing is lost.")]
    [InlineData("/v1/batches", "en", "application/json", "Nothing is lost.")]
    [InlineData("/healthz/ready", "en", "text/plain", "the database does not answer")]
    public async Task Get_DatabaseAway_Is503WithASentence(string path, string language, string type, string sentence)
    {
        await using var wire = new BreakableWire(await postgres.CreateDatabaseAsync());
        await using var studio = await StartAsync(wire);
        await LoseAsync(studio, wire);
        var (status, answer, body) = await GetAsync(studio, path, language);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, type), (status, answer.MediaType));
        Assert.Contains(sentence, body, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_FirstCallAfterTheLoss_Is503WithRetryAfter()
    {
        await using var wire = new BreakableWire(await postgres.CreateDatabaseAsync());
        await using var studio = await StartAsync(wire);
        wire.Cut();
        using var response = await studio.Http.GetAsync(new Uri("/api/nodes", UriKind.Relative), Cancellation);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(3), response.Headers.RetryAfter!.Delta);
        Assert.Equal(503, JsonElement.Parse(await response.Content.ReadAsStringAsync(Cancellation)).GetProperty("status").GetInt32());
    }

    [Theory]
    [InlineData("/healthz")]
    [InlineData("/healthz/live")]
    [InlineData("/docs")]
    [InlineData("/glm-studio.css")]
    public async Task Get_WhatNeedsNoDatabase_IsServedWithoutIt(string path)
    {
        await using var wire = new BreakableWire(await postgres.CreateDatabaseAsync());
        await using var studio = await StartAsync(wire);
        await LoseAsync(studio, wire);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(studio, path, "en")).Status);
    }

    [Theory]
    [InlineData("/templates")]
    [InlineData("/api/batches")]
    [InlineData("/healthz/ready")]
    public async Task Get_DatabaseBack_IsServedAgain(string path)
    {
        await using var wire = new BreakableWire(await postgres.CreateDatabaseAsync());
        await using var studio = await StartAsync(wire);
        await LoseAsync(studio, wire);
        wire.Mend();
        await studio.Get<DatabaseHealth>().AskAsync(Cancellation);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(studio, path, "en")).Status);
    }

    private static Task<StudioApp> StartAsync(BreakableWire wire) =>
        StudioApp.StartAsync(s => s.UseEngine(new FakeEngine()), $"--Studio:Database={wire.ConnectionString}", "--Logging:LogLevel:Default=None", "--Logging:LogLevel:Quartz=None");

    private static async Task LoseAsync(StudioApp studio, BreakableWire wire)
    {
        wire.Cut();
        Assert.False(await studio.Get<DatabaseHealth>().AskAsync(Cancellation));
    }

    private static async Task<(HttpStatusCode Status, System.Net.Http.Headers.MediaTypeHeaderValue Type, string Body)> GetAsync(StudioApp studio, string path, string language)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.AcceptLanguage.ParseAdd(language);
        using var response = await studio.Http.SendAsync(request, Cancellation);
        return (response.StatusCode, response.Content.Headers.ContentType!, await response.Content.ReadAsStringAsync(Cancellation));
    }
}
