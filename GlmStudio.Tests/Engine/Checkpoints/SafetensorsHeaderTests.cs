using System.Text;
using GlmStudio.Engine;
using GlmStudio.Engine.Checkpoints;

namespace GlmStudio.Tests.Engine.Checkpoints;

public sealed class SafetensorsHeaderTests
{
    [Fact]
    public void Parse_TwoTensors_GivesShapesAndAbsoluteOffsets()
    {
        var tensors = Parse("""{"__metadata__":{"format":"pt"},"a":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]},"b":{"dtype":"BF16","shape":[],"data_offsets":[24,26]}}""", 26);
        Assert.Equal(["a", "b"], tensors.Select(t => t.Name));
        Assert.Equal((100L, 24L, "[2, 3]"), (tensors[0].Offset, tensors[0].Length, tensors[0].ShapeText));
        Assert.Equal((124L, 1L), (tensors[1].Offset, tensors[1].Count));
    }

    [Theory]
    [InlineData("""[]""", "not a JSON object")]
    [InlineData("""{"a":{"dtype":"F31","shape":[1],"data_offsets":[0,4]}}""", "unknown type F31")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", "impossible shape")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", "needs 8")]
    [InlineData("""{"a":{"dtype":"F32","shape":[9223372036854775807,9],"data_offsets":[0,4]}}""", "cannot be read")]
    [InlineData("""{"a":{"dtype":"F32","shape":[10],"data_offsets":[0,40]}}""", "it was cut short")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}""", "damaged offsets")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1]}}""", "cannot be read")]
    [InlineData("""{"a":""", "cannot be read")]
    public void Parse_DamagedHeader_SaysWhatIsWrong(string json, string expected)
    {
        var fault = Assert.Throws<EngineException>(() => Parse(json, 26));
        Assert.Equal(EngineFault.BadCheckpoint, fault.Fault);
        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_TwentyThousandMutations_ReadsOrRefuses()
    {
        var healthy = Encoding.UTF8.GetBytes("""{"__metadata__":{"format":"pt"},"model.a.weight":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]},"b":{"dtype":"BF16","shape":[1],"data_offsets":[24,26]}}""");
        var random = new Random(7);
        for (var i = 0; i < 20_000; i++)
        {
            var mutated = Mutation.Of(healthy, random);
            try
            {
                var tensors = SafetensorsHeader.Parse(mutated, "fuzz.safetensors", 100, 126);
                Assert.All(tensors, t => Assert.InRange(t.Offset + t.Length, 100, 126));
            }
            catch (EngineException fault) when (fault.Fault == EngineFault.BadCheckpoint)
            {
            }
        }
    }

    private static IReadOnlyList<StoredTensor> Parse(string json, long data) => SafetensorsHeader.Parse(Encoding.UTF8.GetBytes(json), "a.safetensors", 100, 100 + data);
}
