using System.Text.Json;
using System.Text.Json.Nodes;
using GlmStudio.Engine;
using GlmStudio.Engine.Images;

namespace GlmStudio.Tests.Parity;

/// <summary>The same network in other clothes: shards, half precision, the older configuration layout, the wrapper type. The answers must not change.</summary>
public sealed class CheckpointLayoutTests : IDisposable
{
    private static readonly string Original = Path.Combine(AppContext.BaseDirectory, "Fixtures", "Reference", "glm4v-11");
    private readonly string _folder = Directory.CreateTempSubdirectory("glm-layout-").FullName;

    [Fact]
    public async Task Load_ShardsAndTheOlderLayout_AnswersTheSame()
    {
        var folder = CopyFiles();
        File.WriteAllText(Path.Combine(folder, "config.json"), OlderLayout());
        Shard(folder);
        Assert.Equal(await AnswerAsync(Original), await AnswerAsync(folder));
    }

    [Fact]
    public async Task Load_WrapperType_AnswersTheSame()
    {
        var folder = CopyFiles();
        var config = JsonNode.Parse(File.ReadAllText(Path.Combine(Original, "config.json")))!;
        config["model_type"] = "glm46v";
        File.WriteAllText(Path.Combine(folder, "config.json"), config.ToJsonString());
        File.Copy(Path.Combine(Original, "model.safetensors"), Path.Combine(folder, "model.safetensors"));
        Assert.Equal(await AnswerAsync(Original), await AnswerAsync(folder));
    }

    [Theory]
    [InlineData("F16")]
    [InlineData("BF16")]
    public async Task Load_HalfPrecision_IsConvertedOnceAndAnswers(string type)
    {
        var folder = CopyFiles();
        File.Copy(Path.Combine(Original, "config.json"), Path.Combine(folder, "config.json"));
        Rewrite(folder, type);
        var first = await AnswerAsync(folder);
        var converted = Directory.GetDirectories(Path.Combine(_folder, "cache"));
        var written = File.GetLastWriteTimeUtc(Path.Combine(Assert.Single(converted), "model.safetensors"));

        Assert.Equal(first, await AnswerAsync(folder));
        Assert.Equal(written, File.GetLastWriteTimeUtc(Path.Combine(converted[0], "model.safetensors")));
    }

    [Fact]
    public void Load_UnknownFamily_IsNamed()
    {
        var folder = CopyFiles();
        File.Copy(Path.Combine(Original, "model.safetensors"), Path.Combine(folder, "model.safetensors"));
        File.WriteAllText(Path.Combine(folder, "config.json"), """{"model_type":"llama","text_config":{}}""");
        Assert.Contains("\"llama\"", Refusal(folder), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_IntegerWeights_AreRefusedByType()
    {
        var folder = CopyFiles();
        File.Copy(Path.Combine(Original, "config.json"), Path.Combine(folder, "config.json"));
        Rewrite(folder, "I16");
        Assert.Contains("I16", Refusal(folder), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_WithoutTokenizer_NamesTheFile()
    {
        var folder = CopyFiles();
        foreach (var name in (string[])["config.json", "model.safetensors"]) File.Copy(Path.Combine(Original, name), Path.Combine(folder, name));
        File.Delete(Path.Combine(folder, "tokenizer.json"));
        Assert.Contains("tokenizer.json is missing", Refusal(folder), StringComparison.Ordinal);
    }

    private string Refusal(string folder)
    {
        using var images = new ImageReader(new ImageLimits());
        var options = new GlmEngineOptions { CacheFolder = Path.Combine(_folder, "cache") };
        var fault = Assert.Throws<EngineException>(() => GlmEngine.Load(folder, images, options, cancellation: TestContext.Current.CancellationToken));
        Assert.Equal(EngineFault.BadCheckpoint, fault.Fault);
        return fault.Message;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string CopyFiles()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, Guid.NewGuid().ToString("n"))).FullName;
        foreach (var name in (string[])["tokenizer.json", "generation_config.json", "preprocessor_config.json"]) File.Copy(Path.Combine(Original, name), Path.Combine(folder, name));
        return folder;
    }

    private async Task<int[]> AnswerAsync(string folder)
    {
        using var images = new ImageReader(new ImageLimits());
        var options = new GlmEngineOptions { Slots = 1, Threads = 1, ContextTokens = 1024, CacheFolder = Path.Combine(_folder, "cache") };
        await using var engine = GlmEngine.Load(folder, images, options, cancellation: TestContext.Current.CancellationToken);
        var request = new GlmRequest
        {
            Prompt = "What is this?", Images = [new ImageInput(File.ReadAllBytes(Path.Combine(Original, "tiny.png")))], Sampling = new SamplingOptions { MaxTokens = 8 },
        };
        var tokens = new List<int>();
        await foreach (var update in engine.GenerateAsync(request, TestContext.Current.CancellationToken)) tokens.AddRange(update.Tokens.Select(t => t.Id));
        Assert.NotEmpty(tokens);
        return [.. tokens];
    }

    // rope_theta and partial_rotary_factor beside rope_scaling, as transformers 4 writes them.
    private static string OlderLayout()
    {
        var config = JsonNode.Parse(File.ReadAllText(Path.Combine(Original, "config.json")))!;
        var text = config["text_config"]!.AsObject();
        var rope = text["rope_parameters"]!.AsObject();
        text["rope_theta"] = rope["rope_theta"]!.DeepClone();
        text["partial_rotary_factor"] = rope["partial_rotary_factor"]!.DeepClone();
        text["rope_scaling"] = new JsonObject { ["rope_type"] = "default", ["mrope_section"] = rope["mrope_section"]!.DeepClone() };
        text.Remove("rope_parameters");
        return config.ToJsonString();
    }

    private static void Shard(string folder)
    {
        var (tensors, data) = Read();
        var map = new JsonObject();
        foreach (var (shard, part) in tensors.Chunk(tensors.Count / 2 + 1).Index())
        {
            var name = $"model-0000{shard + 1}-of-00002.safetensors";
            foreach (var tensor in part) map[tensor.Name] = name;
            Write(Path.Combine(folder, name), part.Select(t => (t.Name, "F32", t.Shape, data[t.Start..t.End])));
        }
        File.WriteAllText(Path.Combine(folder, "model.safetensors.index.json"), new JsonObject { ["weight_map"] = map }.ToJsonString());
    }

    private static void Rewrite(string folder, string type)
    {
        var (tensors, data) = Read();
        Write(Path.Combine(folder, "model.safetensors"), tensors.Select(t => (t.Name, type, t.Shape, Halve(data[t.Start..t.End], type))));
    }

    private static byte[] Halve(byte[] singles, string type)
    {
        var numbers = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(singles);
        var halves = new byte[numbers.Length * 2];
        for (var i = 0; i < numbers.Length; i++)
            BitConverter.TryWriteBytes(halves.AsSpan(i * 2), type == "F16" ? BitConverter.HalfToUInt16Bits((Half)numbers[i]) : (ushort)(BitConverter.SingleToUInt32Bits(numbers[i]) >> 16));
        return halves;
    }

    private static (List<(string Name, long[] Shape, int Start, int End)> Tensors, byte[] Data) Read()
    {
        var bytes = File.ReadAllBytes(Path.Combine(Original, "model.safetensors"));
        var header = (int)BitConverter.ToInt64(bytes, 0);
        using var json = JsonDocument.Parse(bytes.AsMemory(8, header));
        var tensors = json.RootElement.EnumerateObject().Where(e => e.Name != "__metadata__").Select(e => (e.Name,
            e.Value.GetProperty("shape").EnumerateArray().Select(d => d.GetInt64()).ToArray(),
            e.Value.GetProperty("data_offsets")[0].GetInt32(), e.Value.GetProperty("data_offsets")[1].GetInt32())).ToList();
        return (tensors, bytes[(8 + header)..]);
    }

    private static void Write(string path, IEnumerable<(string Name, string Type, long[] Shape, byte[] Data)> tensors)
    {
        var (header, data) = (new JsonObject(), new MemoryStream());
        foreach (var tensor in tensors)
        {
            header[tensor.Name] = new JsonObject
            {
                ["dtype"] = tensor.Type, ["shape"] = new JsonArray([.. tensor.Shape.Select(d => (JsonNode)d)]),
                ["data_offsets"] = new JsonArray(data.Length, data.Length + tensor.Data.Length),
            };
            data.Write(tensor.Data);
        }
        var json = System.Text.Encoding.UTF8.GetBytes(header.ToJsonString());
        File.WriteAllBytes(path, [.. BitConverter.GetBytes((long)json.Length), .. json, .. data.ToArray()]);
    }
}
