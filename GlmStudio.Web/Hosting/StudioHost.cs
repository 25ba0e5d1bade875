using GlmStudio.Engine;
using GlmStudio.Engine.Images;
using GlmStudio.Web.Data;
using GlmStudio.Web.Engines;
using GlmStudio.Web.Hosting.BenchBatch;
using GlmStudio.Web.Shell;
using GlmStudio.Web.Widgets;
using GlmStudio.Web.Widgets.Localisation;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using Radzen;

namespace GlmStudio.Web.Hosting;

/// <summary>Builds the program, for serving, for verbs and for tests alike.</summary>
public static class StudioHost
{
    /// <summary>Settings in order of weight: appsettings.json, environment variables, <c>--Section:Key=value</c>.</summary>
    public static WebApplicationBuilder CreateBuilder(string[] args)
    {
        var root = ContentRoot.Find();
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = [.. Shorthands.Expand(args)], ContentRootPath = root, WebRootPath = Path.Combine(root, "wwwroot"),
        });
        builder.WebHost.UseStaticWebAssets();
        var studio = builder.Configuration.GetSection("Studio").Get<StudioOptions>() ?? new StudioOptions();
        var data = Directory.CreateDirectory(Path.Combine(root, studio.Data)).FullName;
        var connection = studio.Database is "" ? $"Data Source={Path.Combine(data, "studio.db")};Default Timeout=30" : studio.Database;

        builder.Services.AddOptions<StudioOptions>().BindConfiguration("Studio").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton(new DataFolder(data, Path.Combine(root, "samples")));
        builder.Services.AddSingleton<SampleProject>();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(new StudioDatabase(connection));
        builder.Services.AddSingleton<IDbContextFactory<StudioDbContext>>(s => s.GetRequiredService<StudioDatabase>());
        builder.Services.AddSingleton(s => new ImageStore(Path.Combine(data, "store"), new SmallImages(s.GetRequiredService<IDbContextFactory<StudioDbContext>>(), studio.SmallImageBytes)));
        builder.Services.AddSingleton<ChangeFeed>();
        builder.Services.AddCluster();
        builder.Services.AddSingleton<QuestionBook>();
        builder.Services.AddOptions<ImageLimits>().BindConfiguration("Images").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton(s => new ImageReader(s.GetRequiredService<IOptions<ImageLimits>>().Value));
        builder.Services.AddOptions<ModelOptions>().BindConfiguration("Models").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton(s => s.GetRequiredService<IOptions<ModelOptions>>().Value.ToEngine(Path.Combine(data, "weights")));
        builder.Services.AddSingleton(s => new CheckpointFolders(
            Path.Combine(root, s.GetRequiredService<IOptions<ModelOptions>>().Value.Folder), Path.Combine(data, "checkpoints.json"), s.GetRequiredService<GlmEngineOptions>()));
        builder.Services.AddSingleton<EngineCatalog>();
        builder.Services.AddSingleton(s => new EngineFingerprints(s.GetRequiredService<CheckpointFolders>(), Path.Combine(data, "fingerprints.json")));
        builder.Services.AddSingleton(BenchVerb.Verb);
        builder.Services.AddSingleton(BenchBatchVerb.Verb);
        builder.Services.AddSingleton<MadePictures>();
        builder.Services.AddSingleton<OverviewReader>();
        builder.Services.AddSingleton<RunResults>();
        builder.Services.AddSingleton(new Verb("run", RunVerb.RunAsync));
        builder.Services.AddSingleton(new Verb("read", ReadVerb.RunAsync));
        builder.Services.AddSingleton<IStringLocalizer, JsonStringLocalizer>();
        builder.Services.AddScoped<BrowserZone>();
        builder.Services.AddDataProtection().PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(data, "keys")));
        builder.Services.AddRazorComponents().AddInteractiveServerComponents();
        builder.Services.AddRadzenComponents();
        builder.Services.AddRadzenCookieThemeService(o => o.Name = "GlmStudioTheme");
        builder.Services.AddProblemDetails();
        return builder;
    }
}
