using System.Text.Json;
using System.Text.Json.Serialization;
using GlmStudio.Engine.Checkpoints;
using GlmStudio.Engine.Prompts;
using GlmStudio.Tests.Support;

namespace GlmStudio.Tests.Parity;

/// <summary>A checkpoint with the reference implementation's recorded answers. Recordings come from the variable GLMSTUDIO_REFERENCE (a
/// folder that holds fixture folders), else from Fixtures/Reference. A recording without config.json is of the shipped checkpoint of its name.</summary>
public sealed class ReferenceModel
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
    private readonly Dictionary<string, StoredTensor> _expected;

    private ReferenceModel(string folder)
    {
        RecordingFolder = folder;
        CheckpointFolder = File.Exists(Path.Combine(folder, "config.json")) ? folder : Repository.At($"models/{Path.GetFileName(folder)}");
        Recorded = JsonSerializer.Deserialize<RecordedAnswers>(File.ReadAllText(Path.Combine(folder, "expected.json")), Options)!;
        _expected = SafetensorsHeader.Read(Path.Combine(folder, "expected.safetensors")).ToDictionary(t => t.Name);
    }

    /// <summary>Where the checkpoint's own files are.</summary>
    public string CheckpointFolder { get; }

    /// <summary>Where the answers and the pictures they are about are.</summary>
    public string RecordingFolder { get; }

    public RecordedAnswers Recorded { get; }

    public static string Root => Environment.GetEnvironmentVariable("GLMSTUDIO_REFERENCE") is { Length: > 0 } folder
        ? folder
        : Path.Combine(AppContext.BaseDirectory, "Fixtures", "Reference");

    /// <summary>Names of the fixture folders.</summary>
    public static IReadOnlyList<string> Names => [.. Directory.EnumerateDirectories(Root)
        .Where(d => File.Exists(Path.Combine(d, "expected.json"))).Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal)];

    public static ReferenceModel Open(string name) => new(Path.Combine(Root, name));

    public RecordedCase Case(string name) => Recorded.Cases.Single(c => c.Name == name);

    public byte[] Image(string file) => File.ReadAllBytes(Path.Combine(RecordingFolder, file));

    /// <summary>The checkpoint as sessions take it: 32-bit weights, converted into the engine's own cache where they are half.</summary>
    public Checkpoint OpenWeights(CancellationToken cancellation)
    {
        var checkpoint = Checkpoint.Open(CheckpointFolder);
        if (!ConversionPlan.Singles.IsNeeded(checkpoint)) return checkpoint;
        using (checkpoint) return ConvertedCheckpoint.Open(checkpoint, ConversionPlan.Singles, Path.Combine(Path.GetTempPath(), "glm-studio-weights"), null, cancellation);
    }

    public bool Has(string tensor) => _expected.ContainsKey(tensor);

    public float[] Floats(string tensor) => Read<float>(tensor, TensorType.F32);

    public long[] Integers(string tensor) => Read<long>(tensor, TensorType.I64);

    private T[] Read<T>(string name, TensorType type) where T : unmanaged
    {
        var tensor = _expected[name];
        Assert.Equal(type, tensor.Type);
        using var file = File.OpenRead(tensor.File);
        file.Position = tensor.Offset;
        var bytes = new byte[tensor.Length];
        file.ReadExactly(bytes);
        return System.Runtime.InteropServices.MemoryMarshal.Cast<byte, T>(bytes).ToArray();
    }
}

/// <param name="Transcript">The printed lines that the prompts of grounded cases begin with; null where no case is.</param>
public sealed record RecordedAnswers(
    string Kind, Dictionary<string, int> Special, IReadOnlyList<RecordedCase> Cases, IReadOnlyList<RecordedEncoding> Tokenizer, IReadOnlyList<PlacedText>? Transcript);

public sealed record RecordedCase(
    string Name, IReadOnlyList<string> Images, string Prompt, string Rendered, int[] InputIds, int[][] GridThw, int RopeDelta,
    [property: JsonPropertyName("patch_stride")] int[] PatchStride, int[] Greedy, double[] Margins, string Text);

public sealed record RecordedEncoding(string Text, int[] Ids);
