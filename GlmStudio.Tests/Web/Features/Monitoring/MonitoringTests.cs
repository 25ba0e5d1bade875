using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using GlmStudio.Engine;
using GlmStudio.Tests.Support;
using GlmStudio.Web.Data.Cluster;
using GlmStudio.Web.Engines;
using GlmStudio.Web.Features.Monitoring;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace GlmStudio.Tests.Web.Features.Monitoring;

public sealed class MonitoringTests
{
    [Fact]
    public async Task Healthz_RunningServer_SaysOk()
    {
        await using var studio = await StudioApp.StartAsync();
        Assert.Equal("ok", await GetAsync(studio, "/healthz"));
    }

    [Theory]
    [InlineData("/healthz/live", "ok")]
    [InlineData("/healthz/ready", "ready")]
    public async Task Healthz_ForProxies_SaysThatAllIsWell(string path, string expected)
    {
        await using var studio = await StudioApp.StartAsync();
        Assert.Equal(expected, await GetAsync(studio, path));
    }

    [Fact]
    public async Task Healthz_ServerThatStops_IsNotReady()
    {
        await using var studio = await StudioApp.StartAsync(null, "--Cluster:DrainSeconds=1");
        var lifetime = studio.Get<IHostApplicationLifetime>();
        lifetime.StopApplication();
        using var response = await studio.Http.GetAsync(new Uri("/healthz/ready", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "draining"), (response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task Nodes_OneServer_AreThisOne()
    {
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(new FakeEngine()));
        await studio.Services.GetServices<IHostedService>().OfType<Heartbeat>().Single().BeatAsync(false, TestContext.Current.CancellationToken);
        var node = JsonElement.Parse(await GetAsync(studio, "/api/nodes")).GetProperty("nodes")[0];
        Assert.Equal((OwnerProcess.Current, "Lives", 0), (node.GetProperty("id").GetString(), node.GetProperty("state").GetString(), node.GetProperty("rows").GetInt32()));
        Assert.Equal("reader", node.GetProperty("loaded")[0].GetString());
    }

    [Fact]
    public async Task Nodes_EngineThatFellBack_TellWhy()
    {
        var info = new EngineInfo("fallen", "fake", "Answers from a function.", "cpu", 2) { Warning = "cuda:0 cannot be used." };
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(new FakeEngine { Info = info }));
        await studio.Services.GetServices<IHostedService>().OfType<Heartbeat>().Single().BeatAsync(false, TestContext.Current.CancellationToken);
        var node = JsonElement.Parse(await GetAsync(studio, "/api/nodes")).GetProperty("nodes")[0];
        Assert.Equal("fallen: cuda:0 cannot be used.", node.GetProperty("warnings")[0].GetString());
        var page = await studio.Http.GetStringAsync(new Uri(studio.Dashboard, "/system"), TestContext.Current.CancellationToken);
        Assert.Equal(2, page.Split("cuda:0 cannot be used.").Length - 1); // beside the engine, and beside its node
    }

    [Fact]
    public async Task Metrics_AfterAnAnswer_CountIt()
    {
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(new FakeEngine(name: "a \"quoted\" name")));
        await studio.Http.PostAsJsonAsync("/v1/chat", new { question = "a" }, TestContext.Current.CancellationToken);
        var metrics = await GetAsync(studio, "/metrics");
        Assert.Contains("glmstudio_http_answer_seconds_count{engine=\"a \\\"quoted\\\" name\",outcome=\"answered\"} 1\n", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_EveryLine_HasThePrometheusForm()
    {
        await using var studio = await StudioApp.StartAsync();
        var lines = (await GetAsync(studio, "/metrics")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains(lines, l => l.StartsWith("glmstudio_memory_bytes ", StringComparison.Ordinal));
        Assert.All(lines, l => Assert.Matches(@"^(# (HELP|TYPE) glmstudio_\w+ .+|glmstudio_\w+(\{.*\})? -?[0-9.eE+-]+)$", l));
    }

    [Fact]
    public async Task Settings_WithSecrets_AreMasked()
    {
        await using var studio = await StudioApp.StartAsync(null, "--Inference:ApiKey=visible-secret", "--Inference:MaxCalls=7");
        var settings = studio.Get<SettingsInForce>().List();
        Assert.Contains(("Inference:MaxCalls", "7"), settings);
        Assert.DoesNotContain(settings, s => s.Value.Contains("visible-secret", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Host=db;Username=studio;Password=s3cret")]
    [InlineData("Host=db;Username=studio;PWD=s3cret")]
    [InlineData("Host=db;Passwords3cret")]
    public void WithoutPassword_ConnectionString_HidesIt(string connection) =>
        Assert.DoesNotContain("s3cret", SettingsInForce.WithoutPassword(connection), StringComparison.Ordinal);

    [Fact]
    public void WithoutPassword_NothingSecret_StaysAsItIs() => Assert.Equal("Data Source=a.db", SettingsInForce.WithoutPassword("Data Source=a.db"));

    private static Task<string> GetAsync(StudioApp studio, string path) =>
        studio.Http.GetStringAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
}
