namespace GlmStudio.Engine.Checkpoints;

/// <summary>A checkpoint whose weights a device cannot take as they are, converted once as a plan says and kept in a cache folder.</summary>
/// <remarks>The cache is itself one safetensors file beside a copy of config.json, written under another name and renamed when it is whole: what
/// has the final name is complete.</remarks>
internal static class ConvertedCheckpoint
{
    /// <summary>Opens the converted copy, making it first where the cache has none.</summary>
    /// <param name="checkpoint">The original; its fingerprint and the plan name the copy.</param>
    /// <param name="plan">What each tensor becomes.</param>
    /// <param name="cacheFolder">Where copies are kept.</param>
    /// <param name="progress">Told the share that is done, 0 … 1.</param>
    /// <param name="cancellation">Stops the conversion; nothing half-written stays under the final name.</param>
    public static Checkpoint Open(Checkpoint checkpoint, ConversionPlan plan, string cacheFolder, IProgress<double>? progress, CancellationToken cancellation)
    {
        var target = Path.Combine(cacheFolder, $"{checkpoint.Fingerprint()[..24]}-{plan.Name}");
        if (!Directory.Exists(target)) Convert(checkpoint, plan, target, progress, cancellation);
        return Checkpoint.Open(target);
    }

    private static void Convert(Checkpoint checkpoint, ConversionPlan plan, string target, IProgress<double>? progress, CancellationToken cancellation)
    {
        if (checkpoint.Tensors.FirstOrDefault(t => t.Type is not (TensorType.F32 or TensorType.F16 or TensorType.BF16)) is { } other)
            throw new EngineException(EngineFault.BadCheckpoint, $"Tensor \"{other.Name}\" is {other.Type}; weights must be F32, F16 or BF16.");
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        var partial = Directory.CreateDirectory($"{target}.{Guid.NewGuid():n}.partial").FullName;
        try
        {
            RequireSpace(checkpoint, plan, partial);
            foreach (var file in Directory.EnumerateFiles(checkpoint.Folder, "*.json").Where(f => !f.EndsWith(".index.json", StringComparison.Ordinal)))
                File.Copy(file, Path.Combine(partial, Path.GetFileName(file)));
            Write(checkpoint, plan, Path.Combine(partial, "model.safetensors"), progress, cancellation);
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

    private static void RequireSpace(Checkpoint checkpoint, ConversionPlan plan, string folder)
    {
        var needed = checkpoint.Tensors.Sum(t => plan.Target(t).Bytes(t));
        var free = new DriveInfo(folder).AvailableFreeSpace;
        if (free < needed)
            throw new EngineException(EngineFault.BadCheckpoint, $"Converting {checkpoint.Folder} needs {needed >> 20:N0} MiB in {Path.GetDirectoryName(folder)}; {free >> 20:N0} MiB are free.");
    }

    private static void Write(Checkpoint checkpoint, ConversionPlan plan, string path, IProgress<double>? progress, CancellationToken cancellation)
    {
        var tensors = checkpoint.Tensors.OrderBy(t => t.Name, StringComparer.Ordinal).Select(t => new TensorCopy(checkpoint, t, plan.Target(t))).ToList();
        using var writer = new SafetensorsWriter(path, [.. tensors.SelectMany(t => t.Results)]);
        var (done, total) = (0L, tensors.Sum(t => t.Tensor.Count));
        var pieces = from tensor in tensors from piece in tensor.Pieces() select (Tensor: tensor, Rows: piece);
        Parallel.ForEach(pieces, new ParallelOptions { CancellationToken = cancellation }, piece =>
        {
            var count = piece.Tensor.Write(piece.Rows.First, piece.Rows.Count, writer);
            progress?.Report((double)Interlocked.Add(ref done, count) / total);
        });
        writer.Flush();
    }
}
