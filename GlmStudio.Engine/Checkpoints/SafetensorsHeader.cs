using System.Buffers.Binary;
using System.Text.Json;

namespace GlmStudio.Engine.Checkpoints;

/// <summary>Reads the header of a safetensors file: an 8-byte little-endian length, that many bytes of JSON, then the data.</summary>
/// <remarks>Format: https://huggingface.co/docs/safetensors. Headers come from strangers: every number is checked before it is used.</remarks>
internal static class SafetensorsHeader
{
    /// <summary>The reference implementation's own limit.</summary>
    public const int MaxBytes = 100_000_000;

    /// <summary>Tensors of a file, in the file's order.</summary>
    /// <exception cref="EngineException">The header is damaged; the message says where.</exception>
    public static IReadOnlyList<StoredTensor> Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
        var length = HeaderLength(file, path);
        var header = new byte[length];
        file.ReadExactly(header);
        return Parse(header, path, dataStart: 8 + length, fileLength: file.Length);
    }

    /// <summary>The header's tensors; offsets are made absolute.</summary>
    internal static IReadOnlyList<StoredTensor> Parse(ReadOnlyMemory<byte> header, string path, long dataStart, long fileLength)
    {
        try
        {
            using var json = JsonDocument.Parse(header, new JsonDocumentOptions { MaxDepth = 8 });
            if (json.RootElement.ValueKind != JsonValueKind.Object) throw Damaged(path, "its header is not a JSON object");
            var tensors = new List<StoredTensor>();
            var names = new HashSet<string>(StringComparer.Ordinal);
            foreach (var entry in json.RootElement.EnumerateObject().Where(e => e.Name != "__metadata__"))
            {
                if (!names.Add(entry.Name)) throw Damaged(path, $"tensor \"{entry.Name}\" is listed twice");
                tensors.Add(Tensor(entry, path, dataStart, fileLength));
            }
            return tensors;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or FormatException or OverflowException or KeyNotFoundException)
        {
            throw Damaged(path, $"its header cannot be read ({fault.Message})", fault);
        }
    }

    private static int HeaderLength(FileStream file, string path)
    {
        Span<byte> prefix = stackalloc byte[8];
        if (file.Length < 8) throw Damaged(path, $"it has {file.Length} bytes, a header needs at least 8");
        file.ReadExactly(prefix);
        var length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > MaxBytes) throw Damaged(path, $"its header claims {length:N0} bytes, the limit is {MaxBytes:N0}");
        if (8 + (long)length > file.Length) throw Damaged(path, $"its header claims {length:N0} bytes, the file has {file.Length:N0}: it was cut short");
        return (int)length;
    }

    private static StoredTensor Tensor(JsonProperty entry, string path, long dataStart, long fileLength)
    {
        var type = entry.Value.GetProperty("dtype").GetString() is { } name && Enum.TryParse<TensorType>(name, out var parsed) && Enum.IsDefined(parsed)
            ? parsed
            : throw Damaged(path, $"tensor \"{entry.Name}\" has the unknown type {entry.Value.GetProperty("dtype")}");
        long[] shape = [.. entry.Value.GetProperty("shape").EnumerateArray().Select(d => d.GetInt64())];
        if (shape.Length > 8 || shape.Any(d => d < 0)) throw Damaged(path, $"tensor \"{entry.Name}\" has the impossible shape [{string.Join(", ", shape)}]");
        long[] span = [.. entry.Value.GetProperty("data_offsets").EnumerateArray().Select(d => d.GetInt64())];
        if (span.Length != 2 || span[0] < 0 || span[1] < span[0]) throw Damaged(path, $"tensor \"{entry.Name}\" has damaged offsets");
        var expected = checked(shape.Aggregate((long)type.Size(), (product, d) => checked(product * d)));
        if (span[1] - span[0] != expected)
            throw Damaged(path, $"tensor \"{entry.Name}\" takes {span[1] - span[0]:N0} bytes, its shape [{string.Join(", ", shape)}] of {type} needs {expected:N0}");
        if (checked(dataStart + span[1]) > fileLength)
            throw Damaged(path, $"tensor \"{entry.Name}\" ends at byte {dataStart + span[1]:N0}, the file has {fileLength:N0}: it was cut short, copy it again");
        return new StoredTensor(entry.Name, type, shape, path, dataStart + span[0], expected);
    }

    private static EngineException Damaged(string path, string why, Exception? inner = null) =>
        new(EngineFault.BadCheckpoint, $"{Path.GetFileName(path)} is not a usable safetensors file: {why}.", inner);
}
