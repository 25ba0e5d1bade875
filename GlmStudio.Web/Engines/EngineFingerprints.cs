using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using GlmStudio.Engine;
using GlmStudio.Engine.Transcription;
using GlmStudio.Web.Domain.Journal;

namespace GlmStudio.Web.Engines;

/// <summary>What an engine's answers depend on: a hash over its model files. A file is hashed once and known again by its length and time, so
/// that a start stays fast.</summary>
/// <param name="folders">Where checkpoints are.</param>
/// <param name="book">File that keeps the hashes.</param>
public sealed class EngineFingerprints(CheckpointFolders folders, string book) : IDisposable
{
    // Of an engine that lives, the files at its first use count: what is put in their place later is not what it holds.
    private readonly ConditionalWeakTable<IGlmEngine, Task<string>> _known = [];
    private readonly SemaphoreSlim _oneByOne = new(1);

    /// <summary>The engine code's build: it changes with the code.</summary>
    public static string Build { get; } = typeof(IGlmEngine).Module.ModuleVersionId.ToString("n");

    /// <summary>The hash over an engine's model files; an engine without files has that of its name.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="asked">The name or folder by which it was opened.</param>
    public Task<string> OfAsync(IGlmEngine engine, string asked) => _known.GetValue(engine, e => Task.Run(() => HashAsync(e, asked)));

    /// <summary>The hash over the model files of the built-in reader.</summary>
    public Task<string> OfReaderAsync() => Task.Run(() => HashFolderAsync(PageReader.DefaultModelFolder));

    // The same files answer otherwise where their weights are held in fewer bits.
    private async Task<string> HashAsync(IGlmEngine engine, string asked) => engine.Info.Numbers is { Length: > 0 } numbers
        ? Manifest.HashOf([new ManifestPart("files", await HashFilesAsync(engine, asked)), new ManifestPart("numbers", Manifest.Hash(numbers))])
        : await HashFilesAsync(engine, asked);

    private Task<string> HashFilesAsync(IGlmEngine engine, string asked)
    {
        if (engine is ReaderEngine) return HashFolderAsync(PageReader.DefaultModelFolder);
        var folder = engine is GlmEngine ? (asked.Length > 0 ? folders.Find(asked) : null) ?? folders.Find(engine.Info.Name) : null;
        return folder is null ? Task.FromResult(Manifest.Hash(engine.Info.Name)) : HashFolderAsync(folder);
    }

    /// <summary>Over the names and contents of a folder's own files.</summary>
    internal async Task<string> HashFolderAsync(string folder)
    {
        await _oneByOne.WaitAsync();
        try
        {
            if (!Directory.Exists(folder)) return Manifest.Hash("");
            var kept = Read();
            var files = new DirectoryInfo(folder).EnumerateFiles().OrderBy(f => f.Name, StringComparer.Ordinal).ToList();
            List<ManifestPart> parts = [];
            var isNew = false;
            foreach (var file in files)
            {
                if (!kept.TryGetValue(file.FullName, out var known) || known.Length != file.Length || known.Time != file.LastWriteTimeUtc.Ticks)
                {
                    kept[file.FullName] = known = new FileHash(file.Length, file.LastWriteTimeUtc.Ticks, await HashFileAsync(file));
                    isNew = true;
                }
                parts.Add(new ManifestPart(file.Name, known.Hash));
            }
            if (isNew) Save(kept);
            return Manifest.HashOf(parts);
        }
        finally
        {
            _oneByOne.Release();
        }
    }

    public void Dispose() => _oneByOne.Dispose();

    private static async Task<string> HashFileAsync(FileInfo file)
    {
        await using var bytes = file.OpenRead();
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(bytes));
    }

    private Dictionary<string, FileHash> Read()
    {
        try
        {
            return File.Exists(book) ? JsonSerializer.Deserialize<Dictionary<string, FileHash>>(File.ReadAllText(book)) ?? [] : [];
        }
        catch (JsonException)
        {
            // Damaged: everything is hashed again.
            return [];
        }
    }

    private void Save(Dictionary<string, FileHash> files)
    {
        // A name of its own: another node may be writing to the same folder.
        var half = $"{book}.{Guid.NewGuid():n}";
        File.WriteAllText(half, JsonSerializer.Serialize(files));
        File.Move(half, book, overwrite: true);
    }

    private sealed record FileHash(long Length, long Time, string Hash);
}
