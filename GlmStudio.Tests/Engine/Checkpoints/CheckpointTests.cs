using GlmStudio.Engine;
using GlmStudio.Engine.Checkpoints;

namespace GlmStudio.Tests.Engine.Checkpoints;

public sealed class CheckpointTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("glm-checkpoint-").FullName;

    [Fact]
    public void Require_OtherShape_SaysFoundAndExpected()
    {
        using var checkpoint = Checkpoint.Open(Copy());
        var fault = Assert.Throws<EngineException>(() => checkpoint.Require("lm_head.weight", 4, 5));
        Assert.Contains("[576, 96], expected [4, 5]", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_TruncatedWeights_SaysItWasCutShort()
    {
        var folder = Copy();
        var weights = Path.Combine(folder, "model.safetensors");
        using (var file = File.OpenWrite(weights)) file.SetLength(file.Length - 1000);
        var fault = Assert.Throws<EngineException>(() => Checkpoint.Open(folder));
        Assert.Contains("cut short", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_IndexThatLeavesTheFolder_IsRefused()
    {
        var folder = Copy();
        File.WriteAllText(Path.Combine(folder, "model.safetensors.index.json"), """{"weight_map":{"a":"../../etc/passwd"}}""");
        Assert.Contains("not a file of the folder", Assert.Throws<EngineException>(() => Checkpoint.Open(folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_MissingShard_NamesIt()
    {
        var folder = Copy();
        File.WriteAllText(Path.Combine(folder, "model.safetensors.index.json"), """{"weight_map":{"a":"model-00001-of-00002.safetensors"}}""");
        Assert.Contains("model-00001-of-00002.safetensors is missing", Assert.Throws<EngineException>(() => Checkpoint.Open(folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fingerprint_OneChangedWeight_Differs()
    {
        var folder = Copy();
        string before, after;
        using (var checkpoint = Checkpoint.Open(folder)) before = checkpoint.Fingerprint();
        using (var file = File.Open(Path.Combine(folder, "model.safetensors"), FileMode.Open))
        {
            file.Position = file.Length - 2;
            file.WriteByte(0x55);
        }
        using (var checkpoint = Checkpoint.Open(folder)) after = checkpoint.Fingerprint();
        Assert.NotEqual(before, after);
    }

    [Fact]
    public void ConvertedCheckpoint_HalfFinishedCopy_IsNeverUsed()
    {
        var cache = Path.Combine(_folder, "cache");
        using var checkpoint = Checkpoint.Open(BrainFloats());
        Assert.True(ConversionPlan.Singles.IsNeeded(checkpoint));
        Assert.ThrowsAny<OperationCanceledException>(() => ConvertedCheckpoint.Open(checkpoint, ConversionPlan.Singles, cache, null, new CancellationToken(canceled: true)));
        Assert.Empty(Directory.EnumerateFileSystemEntries(cache));

        using var converted = ConvertedCheckpoint.Open(checkpoint, ConversionPlan.Singles, cache, null, TestContext.Current.CancellationToken);

        Assert.False(ConversionPlan.Singles.IsNeeded(converted));
        var norm = converted.Require("norm", 3);
        Assert.Equal([1f, -2.5f, 0.15625f], System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(converted.Bytes(norm)).ToArray());
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Copy()
    {
        var source = Path.Combine(AppContext.BaseDirectory, "Fixtures", "Reference", "glm4v-11");
        var target = Directory.CreateDirectory(Path.Combine(_folder, "copy")).FullName;
        foreach (var name in (string[])["config.json", "model.safetensors", "tokenizer.json", "generation_config.json", "preprocessor_config.json"])
            File.Copy(Path.Combine(source, name), Path.Combine(target, name));
        return target;
    }

    private string BrainFloats()
    {
        var target = Directory.CreateDirectory(Path.Combine(_folder, "bf16")).FullName;
        var header = System.Text.Encoding.UTF8.GetBytes("""{"norm":{"dtype":"BF16","shape":[3],"data_offsets":[0,6]}}""");
        byte[] data = [0x80, 0x3F, 0x20, 0xC0, 0x20, 0x3E];
        File.WriteAllBytes(Path.Combine(target, "model.safetensors"), [.. BitConverter.GetBytes((long)header.Length), .. header, .. data]);
        File.WriteAllText(Path.Combine(target, "config.json"), "{}");
        return target;
    }
}
