using GlmStudio.Engine;
using GlmStudio.Engine.Checkpoints;
using GlmStudio.Engine.Model;
using GlmStudio.Engine.Sessions;

namespace GlmStudio.Tests.Parity;

/// <summary>Weights held in fewer bits: how far logits are from the same network's in 32 bits, on the reference's recorded prompts.</summary>
public sealed class WeightParityTests : IDisposable
{
    private static readonly OnnxSettings Cpu = new(Threads: 2);
    private readonly string _cache = Directory.CreateTempSubdirectory("glm-weights-").FullName;

    /// <summary>Largest share of the logits' norm by which a setting may differ: about twice what was measured. Networks of random weights feel every bit.</summary>
    public static TheoryData<string, string, string, double> Bounds => new()
    {
        { "glm-studio-mini", "bare", "int8", 0.02 }, { "glm-studio-mini", "bare", "int4", 0.1 },
        { "glm4v-11", "tiny", "int8", 0.15 }, { "glm_ocr-11", "tiny", "int8", 0.15 }, { "glm4v-11", "tiny", "fp16", 0.04 }, { "glm_ocr-11", "tiny", "fp16", 0.04 },
    };

    [Theory]
    [MemberData(nameof(Bounds))]
    public void Run_OtherWeights_StaysWithinItsBound(string model, string name, string setting, double bound)
    {
        var reference = ReferenceModel.Open(model);
        using var singles = reference.OpenWeights(TestContext.Current.CancellationToken);
        var plan = Of(setting).ToPlan("cpu");
        using var weights = Convert(reference, plan);
        var recorded = reference.Case(name);
        Closeness.Within(bound, Logits(reference, singles, recorded, Arithmetic.Singles), Logits(reference, weights, recorded, plan.Arithmetic));
    }

    [Theory]
    [InlineData("glm4v-11", "int4", 32)]
    [InlineData("glm4v-11", "int4", 128)]
    [InlineData("glm_ocr-11", "int8", 32)]
    public void Run_QuantizedWeights_AreTheNumbersTheirCodesSay(string model, string setting, int block)
    {
        var reference = ReferenceModel.Open(model);
        // In 16 bits the inputs of a product are not rounded to 8 bits, so that nothing but 16-bit rounding differs.
        var plan = (Of(setting) with { Precision = Precision.Fp16, Block = block }).ToPlan("cpu");
        using var weights = Convert(reference, plan);
        using var plain = Checkpoint.Open(PlainCheckpoint.Of(weights, Path.Combine(_cache, "plain")));
        var recorded = reference.Case("tiny");
        Closeness.Within(0.05, Logits(reference, plain, recorded, plan.Arithmetic), Logits(reference, weights, recorded, plan.Arithmetic));
    }

    public void Dispose() => Directory.Delete(_cache, recursive: true);

    private static WeightOptions Of(string setting) => new()
    {
        Precision = setting.Contains("fp16", StringComparison.Ordinal) ? Precision.Fp16 : Precision.Auto,
        Quantization = setting.Contains("int4", StringComparison.Ordinal) ? Quantization.Int4 : setting.Contains("int8", StringComparison.Ordinal) ? Quantization.Int8 : Quantization.None,
    };

    private Checkpoint Convert(ReferenceModel reference, WeightPlan plan)
    {
        using var original = Checkpoint.Open(reference.CheckpointFolder);
        return ConvertedCheckpoint.Open(original, plan.ToConversion(), _cache, null, TestContext.Current.CancellationToken);
    }

    private static float[] Logits(ReferenceModel reference, Checkpoint weights, RecordedCase recorded, Arithmetic arithmetic)
    {
        var config = GlmConfig.Read(weights);
        float[] features = [];
        if (recorded.Images.Count == 1)
        {
            using var vision = new VisionSession(weights, config.Vision, Cpu, arithmetic);
            features = vision.Encode([RecordedPixels.Of(reference, recorded)])[0].Values;
        }
        using var text = new TextSession(weights, config.Text, Cpu, slots: 1, capacity: 4096, arithmetic);
        var grids = recorded.GridThw.Select(g => new PatchGrid(g[1], g[2]).Features(config.Vision.MergeSize)).ToList();
        var sequence = new SequenceTensors(recorded.InputIds, TokenPositions.Of(recorded.InputIds, config.ImageTokenId, grids), config.ImageTokenId, features);
        return text.Run([sequence], 0, [0], recorded.InputIds.Length).ToArray();
    }
}
