using System.Collections.Concurrent;
using System.Diagnostics;
using GlmStudio.Engine;
using GlmStudio.Engine.Images;

namespace GlmStudio.Web.Engines;

/// <summary>The engines of this process, by name: the built-in ones, and checkpoints that were loaded.</summary>
/// <param name="builtIn">Engines without a checkpoint; the first answers where no other can.</param>
/// <param name="folders">Checkpoints that can be loaded.</param>
/// <param name="images">Decodes pictures.</param>
/// <param name="options">How checkpoints are loaded.</param>
/// <param name="pages">Gives checkpoints the printed text of their pictures.</param>
/// <param name="log">Told when a checkpoint has less memory than it was set up for.</param>
public sealed class EngineCatalog(
    IEnumerable<IGlmEngine> builtIn, CheckpointFolders folders, ImageReader images, GlmEngineOptions options, PageTranscripts? pages = null,
    ILogger<EngineCatalog>? log = null) : IAsyncDisposable
{
    /// <summary>How long a checkpoint that could not be loaded is left to other nodes.</summary>
    private static readonly TimeSpan Grudge = TimeSpan.FromMinutes(5);

    private readonly List<IGlmEngine> _builtIn = [.. builtIn];
    private readonly ConcurrentDictionary<string, IGlmEngine> _loaded = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, long> _failed = new(StringComparer.OrdinalIgnoreCase);
    private readonly SemaphoreSlim _loading = new(1);

    /// <summary>Name of the engine that answers unless another is named; one that is not loaded leaves it to the first built-in one.</summary>
    public string Default { get; set; } = "";

    /// <summary>What can be asked for now, the default first.</summary>
    public IReadOnlyList<EngineInfo> List() => [.. All().Select(e => e.Info).OrderByDescending(i => i.Name.Equals(Default, StringComparison.OrdinalIgnoreCase))];

    /// <summary>The engine of that name or checkpoint folder (null or empty: the default), or null where it is not loaded.</summary>
    public IGlmEngine? Find(string? name)
    {
        if (string.IsNullOrWhiteSpace(name)) return Named(Default) ?? _builtIn.FirstOrDefault();
        return Named(name) ?? (folders.Find(name) is { } folder ? Named(Path.GetFileName(folder)) : null);
    }

    /// <summary>The engine of that name or checkpoint folder, loaded first where it is not yet. One checkpoint loads at a time.</summary>
    /// <exception cref="EngineException">There is none, or it cannot be loaded; the message says why.</exception>
    public async Task<IGlmEngine> OpenAsync(string? name, IProgress<double>? progress, CancellationToken cancellation)
    {
        if (Find(name) is { } engine) return engine;
        var folder = folders.Find(name!) ?? throw new EngineException(EngineFault.BadRequest, Missing(name!));
        await _loading.WaitAsync(cancellation);
        try
        {
            if (Find(name) is { } meanwhile) return meanwhile;
            var loaded = await NoteFailureAsync(folder, async () =>
            {
                RequireMemory(folders.Read(folder));
                return await LoadAsync(folder, progress, cancellation);
            });
            return _loaded[loaded.Info.Name] = loaded;
        }
        finally
        {
            _loading.Release();
        }
    }

    /// <summary>Loads what answers unless another is named; where it cannot be loaded, the first built-in engine goes on answering.</summary>
    /// <exception cref="EngineException">It is not there or cannot be loaded; the message says why.</exception>
    public async Task<IGlmEngine> OpenDefaultAsync(string name, IProgress<double>? progress, CancellationToken cancellation)
    {
        var engine = await OpenAsync(name, progress, cancellation);
        Default = engine.Info.Name;
        return engine;
    }

    /// <summary>Frees a loaded checkpoint; its running requests end. Built-in engines stay.</summary>
    public async Task UnloadAsync(string name)
    {
        if (_loaded.TryRemove(name, out var engine)) await engine.DisposeAsync();
    }

    /// <summary>Whether an engine of that name or checkpoint folder is loaded or could be.</summary>
    public bool Knows(string? name) => Find(name) is not null || (!string.IsNullOrWhiteSpace(name) && folders.Find(name) is not null);

    /// <summary>Whether it is loaded or could well be: a checkpoint that lately could not be loaded here is for other nodes to try.</summary>
    public bool CouldAnswer(string? name) => Find(name) is not null
        || (Knows(name) && !(_failed.TryGetValue(Path.GetFileName(name!), out var failed) && Stopwatch.GetElapsedTime(failed) < Grudge));

    /// <summary>Whether a checkpoint of that name is loaded.</summary>
    public bool IsLoaded(string name) => _loaded.ContainsKey(name);

    /// <summary>One sentence for a person who asked for an engine that is not there.</summary>
    public string Missing(string name) => folders.Find(name) is { } folder
        ? $"The checkpoint \"{Path.GetFileName(folder)}\" is not loaded: load it on the page Models, or name it in the setting Models:Default."
        : $"There is no engine or checkpoint folder named \"{name}\". Available: {string.Join(", ", All().Select(e => e.Info.Name).Concat(folders.List().Select(f => Path.GetFileName(f)!)).Distinct())}.";

    public async ValueTask DisposeAsync()
    {
        foreach (var name in _loaded.Keys) await UnloadAsync(name);
        _loading.Dispose();
    }

    private async Task<GlmEngine> NoteFailureAsync(string folder, Func<Task<GlmEngine>> load)
    {
        var name = Path.GetFileName(folder);
        try
        {
            var engine = await load();
            _failed.TryRemove(name, out _);
            return engine;
        }
        catch (EngineException)
        {
            _failed[name] = Stopwatch.GetTimestamp();
            throw;
        }
    }

    private async Task<GlmEngine> LoadAsync(string folder, IProgress<double>? progress, CancellationToken cancellation)
    {
        var engine = await Task.Run(() => GlmEngine.Load(folder, images, options, pages, progress, log, cancellation), cancellation);
        try
        {
            await engine.WarmUpAsync(cancellation);
            return engine;
        }
        catch
        {
            await engine.DisposeAsync();
            throw;
        }
    }

    private IEnumerable<IGlmEngine> All() => _builtIn.Concat(_loaded.Values);

    private IGlmEngine? Named(string name) =>
        _loaded.GetValueOrDefault(name) ?? _builtIn.Find(e => e.Info.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static void RequireMemory(CheckpointFacts facts)
    {
        var available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes - Environment.WorkingSet;
        if (facts.BytesNeeded > available)
            throw new EngineException(EngineFault.OutOfMemory,
                $"{facts.Name} needs about {facts.BytesNeeded >> 20:N0} MiB; {Math.Max(0, available) >> 20:N0} MiB are free. Close other programs, lower Models:Slots or Models:ContextTokens, or use a smaller model.");
    }
}
