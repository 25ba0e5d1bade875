using GlmStudio.Engine;
using GlmStudio.Engine.Images;
using GlmStudio.Engine.Transcription;

namespace GlmStudio.Web.Features.Models;

/// <summary>Wires the feature: its handlers and its doors.</summary>
public static class ModelsFeature
{
    // Beyond four pages at a time, reading gains less than the decoded pictures cost in memory.
    private const int MostPagesAtATime = 4;

    /// <summary>The engine that needs no checkpoint (as many pages at a time as there are cores, which share the threads), then the default checkpoint.</summary>
    public static IServiceCollection AddModels(this IServiceCollection services)
    {
        var pages = Math.Clamp(Environment.ProcessorCount, 1, MostPagesAtATime);
        return services
            .AddSingleton(_ => new PageReader(PageReader.DefaultModelFolder, Math.Max(1, Environment.ProcessorCount / pages)))
            .AddSingleton(s => new PageTranscripts(s.GetRequiredService<ImageReader>(), s.GetRequiredService<PageReader>(), pages))
            .AddSingleton<IGlmEngine>(s => new ReaderEngine(s.GetRequiredService<PageTranscripts>()))
            .AddHostedService<DefaultEngine>();
    }

    public static void MapModels(this IEndpointRouteBuilder app)
    {
    }
}
