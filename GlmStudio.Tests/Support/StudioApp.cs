using GlmStudio.Engine;
using GlmStudio.Web;
using GlmStudio.Web.Data;
using GlmStudio.Web.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace GlmStudio.Tests.Support;

/// <summary>The real program on free loopback ports with a data folder and a database of its own.</summary>
public sealed class StudioApp : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly DirectoryInfo _data;

    private StudioApp(WebApplication app, DirectoryInfo data, Uri dashboard, Uri api)
    {
        (_app, _data, Dashboard, Api) = (app, data, dashboard, api);
        Http = new HttpClient { BaseAddress = api };
    }

    public Uri Dashboard { get; }
    public Uri Api { get; }
    public HttpClient Http { get; }
    public string DataFolder => _data.FullName;
    public IServiceProvider Services => _app.Services;

    /// <param name="replace">Changes services, for example <c>s => s.UseEngine(new FakeEngine())</c>.</param>
    /// <param name="settings">Further settings, for example <c>--Studio:Samples=true</c>; samples are off by default.</param>
    public static async Task<StudioApp> StartAsync(Action<IServiceCollection>? replace = null, params string[] settings)
    {
        var data = Directory.CreateTempSubdirectory("glm-studio-test-");
        var app = Studio.Build([$"--Studio:Data={data.FullName}", "--Studio:WebPort=0", "--Studio:ApiPort=0", "--Studio:Samples=false",
            "--Models:Default=reader", "--Batches:DrainSeconds=0", $"--Models:Folder={Path.Combine(data.FullName, "models")}",
            "--Logging:LogLevel:Default=Warning", .. settings], replace);
        var (dashboard, api) = await Server.StartAsync(app);
        return new StudioApp(app, data, dashboard, api);
    }

    public T Get<T>() where T : notnull => Services.GetRequiredService<T>();

    public StudioDbContext OpenDatabase() => Get<StudioDatabase>().CreateDbContext();

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        await RemoveDataAsync();
    }

    // A page that was open may be at its last look at the database, whose files come and go with it.
    private async Task RemoveDataAsync()
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                _data.Delete(recursive: true);
                return;
            }
            catch (IOException) when (attempt < 20)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
            }
        }
    }
}

public static class EngineReplacement
{
    /// <summary>Makes one engine the only one.</summary>
    public static void UseEngine(this IServiceCollection services, params IGlmEngine[] engines)
    {
        foreach (var registered in services.Where(s => s.ServiceType == typeof(IGlmEngine)).ToList()) services.Remove(registered);
        foreach (var engine in engines) services.AddSingleton(engine);
    }
}
