using System.Buffers.Binary;
using System.Text.Json;

namespace GlmStudio.Engine.Checkpoints;

/// <summary>A checkpoint whose weights a device cannot take as they are, converted once to 32-bit floats and kept in a cache folder.</summary>
/// <remarks>The cache is itself one safetensors file beside a copy of config.json, written under another name and renamed when it is whole: what
/// has the final name is complete.</remarks>
internal static class ConvertedCheckpoint
{
    /// <summary>Whether any weight is not 32-bit yet.</summary>
    public static bool IsNeeded(Checkpoint checkpoint) => checkpoint.Tensors.Any(t => t.Type != TensorType.F32);

    /// <summary>Opens the converted copy, making it first where the cache has none.</summary>
    /// <param name="checkpoint">The original; its fingerprint names the copy.</param>
    /// <param name="cacheFolder">Where copies are kept.</param>
    /// <param name="progress">Told the share that is done, 0 … 1.</param>
    /// <param name="cancellation">Stops the conversion; nothing half-written stays under the final name.</param>
    public static Checkpoint Open(Checkpoint checkpoint, string cacheFolder, IProgress<double>? progress, CancellationToken cancellation)
    {
        var target = Path.Combine(cacheFolder, $"{checkpoint.Fingerprint()[..24]}-f32");
        if (!Directory.Exists(target)) Convert(checkpoint, target, progress, cancellation);
        return Checkpoint.Open(target);
    }

    private static void Convert(Checkpoint checkpoint, string target, IProgress<double>? progress, CancellationToken cancellation)
    {
        if (checkpoint.Tensors.FirstOrDefault(t => t.Type is not (TensorType.F32 or TensorType.F16 or TensorType.BF16)) is { } other)
            throw new EngineException(EngineFault.BadCheckpoint, $"Tensor \"{other.Name}\" is {other.Type}; weights must be F32, F16 or BF16.");
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        var partial = Directory.CreateDirectory($"{target}.{Guid.NewGuid():n}.partial").FullName;
        try
        {
            RequireSpace(checkpoint, partial);
            foreach (var file in Directory.EnumerateFiles(checkpoint.Folder, "*.json").Where(f => !f.EndsWith(".index.json", StringComparison.Ordinal)))
                File.Copy(file, Path.Combine(partial, Path.GetFileName(file)));
            Write(checkpoint, Path.Combine(partial, "model.safetensors"), progress, cancellation);
            Directory.Move(partial, target);
        }
        catch (IOException) when (Directory.Exists(target))
        {
            // Another process was faster; its copy is whole.
        }
        finally
        {
            if (Directory.Exists(partial)) Directory.Delete(partial, recursive: true);
        }
    }

    private static void RequireSpace(Checkpoint checkpoint, string folder)
    {
        var needed = checkpoint.Tensors.Sum(t => t.Count * sizeof(float));
        var free = new DriveInfo(folder).AvailableFreeSpace;
        if (free < needed)
            throw new EngineException(EngineFault.BadCheckpoint, $"Converting {checkpoint.Folder} needs {needed >> 20:N0} MiB in {Path.GetDirectoryName(folder)}; {free >> 20:N0} MiB are free.");
    }

    private static void Write(Checkpoint checkpoint, string path, IProgress<double>? progress, CancellationToken cancellation)
    {
        var tensors = checkpoint.Tensors.OrderBy(t => t.Name, StringComparer.Ordinal).ToList();
        var (header, starts, total) = Header(tensors);
        using var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, preallocationSize: header.Length + total);
        RandomAccess.Write(file, header, 0);
        long done = 0;
        Parallel.ForEach(tensors.Index(), new ParallelOptions { CancellationToken = cancellation }, entry =>
        {
            Copy(checkpoint, entry.Item, file, header.Length + starts[entry.Index], cancellation);
            progress?.Report((double)Interlocked.Add(ref done, entry.Item.Count * sizeof(float)) / total);
        });
        RandomAccess.FlushToDisk(file);
    }

    private static void Copy(Checkpoint checkpoint, StoredTensor tensor, Microsoft.Win32.SafeHandles.SafeFileHandle file, long at, CancellationToken cancellation)
    {
        const int piece = 1 << 20;
        var (numbers, size) = (new float[piece], tensor.Type.Size());
        for (long first = 0; first < tensor.Count; first += piece)
        {
            cancellation.ThrowIfCancellationRequested();
            var count = (int)Math.Min(piece, tensor.Count - first);
            var source = checkpoint.Bytes(tensor with { Offset = tensor.Offset + first * size, Length = (long)count * size });
            TensorConversion.ToSingle(source, tensor.Type, numbers);
            RandomAccess.Write(file, System.Runtime.InteropServices.MemoryMarshal.AsBytes(numbers.AsSpan(0, count)), at + first * sizeof(float));
        }
    }

    private static (byte[] Header, long[] Starts, long Total) Header(List<StoredTensor> tensors)
    {
        var (entries, starts, at) = (new Dictionary<string, object>(), new long[tensors.Count], 0L);
        foreach (var (i, tensor) in tensors.Index())
        {
            starts[i] = at;
            at += tensor.Count * sizeof(float);
            entries[tensor.Name] = new { dtype = "F32", shape = tensor.Shape, data_offsets = new[] { starts[i], at } };
        }
        var json = JsonSerializer.SerializeToUtf8Bytes(entries);
        // Data begin at a multiple of 64 bytes, padded with spaces as the format allows.
        var header = new byte[(8 + json.Length + 63) / 64 * 64];
        header.AsSpan(8 + json.Length).Fill((byte)' ');
        BinaryPrimitives.WriteInt64LittleEndian(header, header.Length - 8);
        json.CopyTo(header, 8);
        return (header, starts, at);
    }
}
