using GlmStudio.Web.Features.Batches;
using GlmStudio.Web.Features.Datasets;
using GlmStudio.Web.Features.Inference;
using GlmStudio.Web.Features.Models;
using GlmStudio.Web.Features.Monitoring;
using GlmStudio.Web.Features.Playground;
using GlmStudio.Web.Features.Reports;
using GlmStudio.Web.Features.Review;
using GlmStudio.Web.Features.Schedules;
using GlmStudio.Web.Features.Scoring;
using GlmStudio.Web.Features.Templates;
using GlmStudio.Web.Hosting;

namespace GlmStudio.Web;

/// <summary>The whole program in flow order: what is added, then what is mapped. Serving, verbs and tests all build this.</summary>
public static class Studio
{
    /// <param name="settings"><c>--Section:Key=value</c> settings and their short forms.</param>
    /// <param name="replace">Last word on the services; tests put a fake engine in here.</param>
    public static WebApplication Build(string[] settings, Action<IServiceCollection>? replace = null)
    {
        var builder = StudioHost.CreateBuilder(settings);
        builder.Services.AddModels().AddTemplates().AddDatasets().AddBatches().AddReview().AddScoring().AddReports()
            .AddSchedules().AddPlayground().AddInference().AddMonitoring();
        replace?.Invoke(builder.Services);
        var app = builder.Build();
        app.UseStudio();
        app.MapTemplates();
        app.MapDatasets();
        app.MapBatches();
        app.MapReview();
        app.MapScoring();
        app.MapReports();
        app.MapSchedules();
        app.MapPlayground();
        app.MapInference();
        app.MapModels();
        app.MapMonitoring();
        return app;
    }
}
