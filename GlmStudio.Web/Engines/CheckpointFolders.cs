using System.Text.Json;
using GlmStudio.Engine;

namespace GlmStudio.Web.Engines;

/// <summary>Checkpoint folders this installation knows: those in the models folder, and those people added (kept in a file of the data folder).</summary>
/// <param name="shipped">Folder whose sub-folders are checkpoints; may be missing.</param>
/// <param name="book">File that lists added folders.</param>
/// <param name="options">How checkpoints are loaded; decides the memory they need.</param>
public sealed class CheckpointFolders(string shipped, string book, GlmEngineOptions options)
{
    private readonly Lock _gate = new();

    /// <summary>All known folders that exist, each once.</summary>
    public IReadOnlyList<string> List()
    {
        lock (_gate)
        {
            var found = Directory.Exists(shipped) ? Directory.EnumerateDirectories(shipped).Where(d => File.Exists(Path.Combine(d, "config.json"))) : [];
            return [.. found.Concat(Added()).Where(Directory.Exists).Select(Path.GetFullPath).Distinct().Order(StringComparer.Ordinal)];
        }
    }

    /// <summary>The folder of a name or path, or null.</summary>
    public string? Find(string nameOrFolder) =>
        List().FirstOrDefault(f => string.Equals(Path.GetFileName(f), nameOrFolder, StringComparison.OrdinalIgnoreCase))
        ?? (File.Exists(Path.Combine(nameOrFolder, "config.json")) ? Path.GetFullPath(nameOrFolder) : null);

    /// <summary>What a folder is.</summary>
    /// <exception cref="EngineException">It is no checkpoint this program can run.</exception>
    public CheckpointFacts Read(string folder) => CheckpointFacts.Read(folder, options);

    /// <summary>Remembers a folder after reading it.</summary>
    /// <exception cref="EngineException">It is no checkpoint this program can run.</exception>
    public CheckpointFacts Add(string folder)
    {
        var facts = Read(folder);
        lock (_gate) Save([.. Added().Append(facts.Folder).Distinct()]);
        return facts;
    }

    /// <summary>Whether people added it; the models folder's own checkpoints cannot be forgotten.</summary>
    public bool IsAdded(string folder)
    {
        lock (_gate) return Added().Contains(folder);
    }

    /// <summary>Forgets an added folder; the folder itself stays.</summary>
    public void Forget(string folder)
    {
        lock (_gate) Save([.. Added().Where(f => f != folder)]);
    }

    private string[] Added() => File.Exists(book) ? JsonSerializer.Deserialize<string[]>(File.ReadAllText(book)) ?? [] : [];

    private void Save(string[] folders)
    {
        // A name of its own: another node may be writing to the same folder.
        var half = $"{book}.{Guid.NewGuid():n}";
        File.WriteAllText(half, JsonSerializer.Serialize(folders));
        File.Move(half, book, overwrite: true);
    }
}
