using GlmStudio.Engine;
using GlmStudio.Web.Engines;
using Microsoft.Extensions.Options;

namespace GlmStudio.Web.Features.Models;

/// <summary>Loads the default checkpoint when the server starts. Until it is there, and where it cannot be loaded, the reader answers.</summary>
internal sealed partial class DefaultEngine(EngineCatalog catalog, IOptions<ModelOptions> options, ILogger<DefaultEngine> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            var engine = await catalog.OpenDefaultAsync(options.Value.Default, null, stoppingToken);
            if (engine.Info.Warning is { } warning) LogElsewhere(engine.Info.Name, warning);
        }
        catch (EngineException fault) when (fault.Fault == EngineFault.BadRequest)
        {
            LogMissing(options.Value.Default, fault.Message);
        }
        catch (EngineException fault)
        {
            LogNotLoaded(options.Value.Default, fault.Message);
        }
        // A background service that throws takes the server down; without a checkpoint the server is still useful.
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            LogFailed(fault, options.Value.Default);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Name}: {Why}")]
    private partial void LogElsewhere(string name, string why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Models:Default is \"{Name}\", which is not here; the reader answers instead. {Why}")]
    private partial void LogMissing(string name, string why);

    [LoggerMessage(Level = LogLevel.Error, Message = "Models:Default is \"{Name}\", which cannot be loaded; the reader answers instead. {Why}")]
    private partial void LogNotLoaded(string name, string why);

    [LoggerMessage(Level = LogLevel.Error, Message = "Models:Default is \"{Name}\"; loading it failed unexpectedly, and the reader answers instead")]
    private partial void LogFailed(Exception fault, string name);
}
