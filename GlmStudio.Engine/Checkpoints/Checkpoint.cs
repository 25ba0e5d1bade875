using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace GlmStudio.Engine.Checkpoints;

/// <summary>A Hugging Face checkpoint folder: configuration and named tensors. Opening reads headers only; weights stay on disk.</summary>
public sealed class Checkpoint : IDisposable
{
    private readonly Dictionary<string, StoredTensor> _tensors;
    private readonly Dictionary<string, MappedFile> _maps = [];
    private readonly Lock _gate = new();

    private Checkpoint(string folder, JsonElement config, Dictionary<string, StoredTensor> tensors) =>
        (Folder, Config, _tensors) = (folder, config, tensors);

    /// <summary>The folder's full path.</summary>
    public string Folder { get; }

    /// <summary><c>config.json</c>.</summary>
    public JsonElement Config { get; }

    /// <summary>All tensors, in no particular order.</summary>
    public IReadOnlyCollection<StoredTensor> Tensors => _tensors.Values;

    /// <summary>Opens a folder: one <c>model.safetensors</c>, or the shards that <c>model.safetensors.index.json</c> names.</summary>
    /// <exception cref="EngineException">Something is missing or damaged; the message names the file.</exception>
    public static Checkpoint Open(string folder)
    {
        var full = Path.GetFullPath(folder);
        if (!Directory.Exists(full)) throw Bad($"There is no folder {full}.");
        var tensors = new Dictionary<string, StoredTensor>(StringComparer.Ordinal);
        foreach (var file in ShardFiles(full))
            foreach (var tensor in SafetensorsHeader.Read(file))
                if (!tensors.TryAdd(tensor.Name, tensor))
                    throw Bad($"Tensor \"{tensor.Name}\" is in {Path.GetFileName(tensors[tensor.Name].File)} and in {Path.GetFileName(file)}.");
        return new Checkpoint(full, Json(full, "config.json"), tensors);
    }

    /// <summary>A JSON file of the folder, or null where it is not there.</summary>
    public JsonElement? Optional(string name) => File.Exists(Path.Combine(Folder, name)) ? Json(Folder, name) : null;

    /// <summary>A tensor by name, or null.</summary>
    public StoredTensor? Find(string name) => _tensors.GetValueOrDefault(name);

    /// <summary>A tensor that must be there with this shape.</summary>
    /// <exception cref="EngineException">It is missing or misshapen: the message says what was found and what was expected.</exception>
    public StoredTensor Require(string name, params long[] shape)
    {
        var tensor = Find(name) ?? throw Bad($"Tensor \"{name}\" {Text(shape)} is missing from {Folder}.");
        return tensor.Shape.SequenceEqual(shape) ? tensor : throw Bad($"Tensor \"{name}\" has the shape {tensor.ShapeText}, expected {Text(shape)}.");
    }

    /// <summary>The tensor's bytes on disk; valid until the checkpoint is disposed. At most 2 GiB.</summary>
    public ReadOnlySpan<byte> Bytes(StoredTensor tensor) => Map(tensor.File).Bytes(tensor.Offset, checked((int)tensor.Length));

    /// <summary>Address of the tensor's first byte; valid until the checkpoint is disposed.</summary>
    public nint Address(StoredTensor tensor) => Map(tensor.File).Address(tensor.Offset);

    /// <summary>Identity of the content, for caches: headers, sizes and a sample of every tensor. 64 hexadecimal digits.</summary>
    /// <remarks>Hashing 20 GB takes minutes; 4 KiB from each tensor's start, middle and end tell checkpoints apart in milliseconds.</remarks>
    public string Fingerprint()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(Config.GetRawText()));
        foreach (var tensor in _tensors.Values.OrderBy(t => t.Name, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{tensor.Name} {tensor.Type} {tensor.ShapeText} {tensor.Length}\n"));
            var map = Map(tensor.File);
            var piece = (int)Math.Min(4096, tensor.Length);
            foreach (var at in (ReadOnlySpan<long>)[0, (tensor.Length - piece) / 2, tensor.Length - piece])
                hash.AppendData(map.Bytes(tensor.Offset + at, piece));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Unmaps the files. Nothing may read the tensors' bytes afterwards.</summary>
    public void Dispose()
    {
        foreach (var map in _maps.Values) map.Dispose();
        _maps.Clear();
    }

    private MappedFile Map(string file)
    {
        lock (_gate)
        {
            if (_maps.TryGetValue(file, out var map)) return map;
            return _maps[file] = new MappedFile(file);
        }
    }

    private static List<string> ShardFiles(string folder)
    {
        if (!File.Exists(Path.Combine(folder, "model.safetensors.index.json")))
            return File.Exists(Path.Combine(folder, "model.safetensors"))
                ? [Path.Combine(folder, "model.safetensors")]
                : throw Bad($"{folder} has neither model.safetensors nor model.safetensors.index.json.");
        var index = Json(folder, "model.safetensors.index.json");
        if (!index.TryGetProperty("weight_map", out var map) || map.ValueKind != JsonValueKind.Object) throw Bad("model.safetensors.index.json has no weight_map.");
        return map.EnumerateObject().Select(e => e.Value.GetString() ?? "").Distinct().Select(name => Shard(folder, name)).ToList();
    }

    // An index comes from outside: its names must be plain file names of this folder.
    private static string Shard(string folder, string name)
    {
        if (name != Path.GetFileName(name) || name is "" or "." or "..") throw Bad($"model.safetensors.index.json names \"{name}\", which is not a file of the folder.");
        var path = Path.Combine(folder, name);
        return File.Exists(path) ? path : throw Bad($"Shard {name} is missing from {folder}: copy the whole checkpoint.");
    }

    private static JsonElement Json(string folder, string name)
    {
        var path = Path.Combine(folder, name);
        if (!File.Exists(path)) throw Bad($"{name} is missing from {folder}.");
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            return json.RootElement.Clone();
        }
        catch (JsonException fault)
        {
            throw Bad($"{name} in {folder} is not valid JSON: {fault.Message}", fault);
        }
    }

    private static string Text(long[] shape) => $"[{string.Join(", ", shape)}]";

    private static EngineException Bad(string message, Exception? inner = null) => new(EngineFault.BadCheckpoint, message, inner);
}
