using System.Text.Json;
using GlmStudio.Engine.Checkpoints;
using GlmStudio.Engine.Model;
using GlmStudio.Engine.Prompts;

namespace GlmStudio.Engine;

/// <summary>A checkpoint of random BF16 weights for a configuration: speed and memory do not depend on what weights say.</summary>
/// <remarks>Written piece by piece, so that a checkpoint larger than the memory can be made. The same configuration gives the same weights.</remarks>
public static class RandomCheckpoint
{
    private const int Piece = 1 << 20;
    private static readonly string[] Companions = ["tokenizer.json", "tokenizer_config.json", "generation_config.json", "preprocessor_config.json", "chat_template.jinja"];

    /// <summary>Writes the folder.</summary>
    /// <param name="configFile">A <c>config.json</c>; tokenizer and other settings beside it are copied, a plain tokenizer is made where there is none.</param>
    /// <param name="folder">Folder to make; it must not hold a checkpoint yet.</param>
    /// <param name="cancellation">Stops writing and leaves what is written.</param>
    /// <exception cref="EngineException">The configuration cannot be used, or there is no room; the message says why.</exception>
    public static void Write(string configFile, string folder, CancellationToken cancellation)
    {
        var config = GlmConfig.Read(Json(configFile), Beside(configFile, "generation_config.json") is { } generation ? Json(generation) : null);
        var shapes = NetworkShapes.Of(config);
        Directory.CreateDirectory(folder);
        if (File.Exists(Path.Combine(folder, "model.safetensors")))
            throw new EngineException(EngineFault.BadRequest, $"{folder} already holds a checkpoint: name another folder, or give it to --model.");
        RequireSpace(shapes, folder);
        File.Copy(configFile, Path.Combine(folder, "config.json"), overwrite: true);
        foreach (var name in Companions)
            if (Beside(configFile, name) is { } file) File.Copy(file, Path.Combine(folder, name), overwrite: true);
        if (!File.Exists(Path.Combine(folder, "tokenizer.json"))) File.WriteAllBytes(Path.Combine(folder, "tokenizer.json"), PlainTokenizer.For(config));

        using var writer = new SafetensorsWriter(Path.Combine(folder, "model.safetensors"), [.. shapes.Select(s => (s.Key, TensorType.BF16, (IReadOnlyList<long>)s.Value))]);
        var pieces = from shape in shapes.Index()
                     let count = Count(shape.Item.Value)
                     from piece in Enumerable.Range(0, (int)((count + Piece - 1) / Piece))
                     select (Tensor: shape.Index, Name: shape.Item.Key, Shape: shape.Item.Value, First: (long)piece * Piece, Count: (int)Math.Min(Piece, count - (long)piece * Piece));
        Parallel.ForEach(pieces, new ParallelOptions { CancellationToken = cancellation }, p =>
            writer.Write(p.Name, p.First * 2, Noise(new Random(p.Tensor * 8192 + (int)(p.First / Piece)), p.Name, p.Shape, p.Count)));
        writer.Flush();
    }

    /// <summary>Matrices keep the size of what they multiply (uniform numbers of variance 1 / columns), so that activations stay finite at any depth; norms are 1.</summary>
    private static byte[] Noise(Random random, string name, long[] shape, int count)
    {
        var numbers = new float[count];
        var isVector = shape.Length == 1;
        var (middle, spread) = isVector ? (name.EndsWith(".weight", StringComparison.Ordinal) ? 1f : 0f, 0.02f) : (0f, MathF.Sqrt(3f * shape[0] / Count(shape)));
        for (var i = 0; i < count; i++) numbers[i] = middle + spread * (2 * random.NextSingle() - 1);
        var bytes = new byte[count * 2];
        TensorConversion.FromSingle(numbers, TensorType.BF16, bytes);
        return bytes;
    }

    private static void RequireSpace(IReadOnlyDictionary<string, long[]> shapes, string folder)
    {
        var (needed, free) = (shapes.Values.Sum(s => Count(s) * 2), new DriveInfo(Path.GetFullPath(folder)).AvailableFreeSpace);
        if (free < needed) throw new EngineException(EngineFault.BadRequest, $"The weights take {needed >> 20:N0} MiB; {free >> 20:N0} MiB are free in {folder}.");
    }

    private static long Count(long[] shape) => shape.Aggregate(1L, (product, d) => product * d);

    private static string? Beside(string file, string name) => Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file))!, name) is var path && File.Exists(path) ? path : null;

    private static JsonElement Json(string file)
    {
        if (!File.Exists(file)) throw new EngineException(EngineFault.BadRequest, $"There is no file {Path.GetFullPath(file)}.");
        try
        {
            return JsonElement.Parse(File.ReadAllBytes(file));
        }
        catch (JsonException fault)
        {
            throw new EngineException(EngineFault.BadCheckpoint, $"{file} is not valid JSON: {fault.Message}", fault);
        }
    }
}
