using System.Net.Http.Json;
using GlmStudio.Tests.Support;
using GlmStudio.Web.Features.Monitoring;

namespace GlmStudio.Tests.Web.Features.Monitoring;

public sealed class MonitoringTests
{
    [Fact]
    public async Task Healthz_RunningServer_SaysOk()
    {
        await using var studio = await StudioApp.StartAsync();
        Assert.Equal("ok", await GetAsync(studio, "/healthz"));
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
