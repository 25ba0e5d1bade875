using GlmStudio.Engine;

namespace GlmStudio.Tests.Engine;

public sealed class WeightOptionsTests
{
    [Fact]
    public void Summary_Defaults_AreEmptyOnTheProcessor() => Assert.Equal("", new WeightOptions().Summary("cpu"));

    public static TheoryData<WeightOptions, string, string> Settings => new()
    {
        { new WeightOptions(), "cuda:0", "bf16" },
        { new WeightOptions(), "cuda:0,cuda:1", "bf16" },
        { new WeightOptions { Precision = Precision.Fp16 }, "cuda:0", "f16s" },
        { new WeightOptions { Quantization = Quantization.Int4 }, "cpu", "f32-t4b32-v8b32-e8b32-h8b32" },
        { new WeightOptions { Quantization = Quantization.Int4, Block = 128, Vision = Quantization.None, Head = Quantization.Int4 }, "cpu", "f32-t4b128-e8b128-h4b128" },
    };

    // The word names the converted copy: another setting must have another one.
    [Theory]
    [MemberData(nameof(Settings))]
    public void Summary_OtherSettings_NamesEachPart(WeightOptions options, string device, string expected) => Assert.Equal(expected, options.Summary(device));

    [Fact]
    public void Summary_Fp32OnACard_IsRefused() =>
        Assert.Contains("fp32", Assert.Throws<EngineException>(() => new WeightOptions { Precision = Precision.Fp32 }.Summary("cuda:0")).Message, StringComparison.Ordinal);

    [Fact]
    public void Summary_Bf16OnTheProcessor_IsRefused() =>
        Assert.Contains("bf16", Assert.Throws<EngineException>(() => new WeightOptions { Precision = Precision.Bf16 }.Summary("cpu")).Message, StringComparison.Ordinal);
}
