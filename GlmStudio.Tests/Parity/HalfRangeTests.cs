using GlmStudio.Engine.Checkpoints;
using GlmStudio.Engine.Model;
using GlmStudio.Engine.Sessions;

namespace GlmStudio.Tests.Parity;

/// <summary>Branch outputs beyond 65,504, the largest 16-bit float: real GLM checkpoints have them.</summary>
public sealed class HalfRangeTests : IDisposable
{
    // A power of two: the network with these weights says the same in 32 bits, its norms take the factor out again.
    private const float Loud = 1 << 15;
    private readonly string _folder = Directory.CreateTempSubdirectory("glm-half-").FullName;

    [Fact]
    public void Run_BranchOutputsBeyondHalfRange_StaysCloseToThirtyTwoBits()
    {
        using var loud = Checkpoint.Open(Amplified());
        var expected = Logits(loud, Arithmetic.Singles);
        using var halves = Converted(loud, new WeightPlan(Arithmetic.Halves));
        Closeness.Within(0.05, expected, Logits(halves, Arithmetic.Halves));
    }

    [Fact]
    public void Run_BranchOutputsBeyondHalfRangeUnscaled_IsWorthNothing()
    {
        using var loud = Checkpoint.Open(Amplified());
        using var halves = Converted(loud, new ConversionPlan("plain", _ => new TensorTarget(TensorType.F16)));
        Assert.Contains(Logits(halves, Arithmetic.Halves with { BranchScale = 1 }), logit => !float.IsFinite(logit));
    }

    [Fact]
    public void Run_ScaledBranchesInThirtyTwoBits_GivesTheSameBits()
    {
        using var original = Checkpoint.Open(ReferenceModel.Open("glm4v-11").CheckpointFolder);
        var scaled = Arithmetic.Singles with { BranchScale = 1f / 16 };
        using var converted = Converted(original, new WeightPlan(scaled));
        Assert.Equal(Logits(original, Arithmetic.Singles), Logits(converted, scaled));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Checkpoint Converted(Checkpoint checkpoint, WeightPlan plan) => Converted(checkpoint, plan.ToConversion());

    private Checkpoint Converted(Checkpoint checkpoint, ConversionPlan plan) =>
        ConvertedCheckpoint.Open(checkpoint, plan, Path.Combine(_folder, "cache"), null, TestContext.Current.CancellationToken);

    // The fixture with its branch outputs so loud that 16 bits cannot hold them; ε counts for nothing beside them.
    private string Amplified()
    {
        using var original = Checkpoint.Open(ReferenceModel.Open("glm4v-11").CheckpointFolder);
        var plan = new ConversionPlan("loud", t => TensorTarget.Singles with { Factor = t.Name.EndsWith("o_proj.weight", StringComparison.Ordinal) ? Loud : 1 });
        using var made = Converted(original, plan);
        return made.Folder;
    }

    private static float[] Logits(Checkpoint weights, Arithmetic arithmetic)
    {
        var recorded = ReferenceModel.Open("glm4v-11").Case("text_only");
        var config = GlmConfig.Read(weights);
        using var text = new TextSession(weights, config.Text, new OnnxSettings(Threads: 2), slots: 1, capacity: 512, arithmetic);
        var sequence = new SequenceTensors(recorded.InputIds, TokenPositions.Of(recorded.InputIds, config.ImageTokenId, []), config.ImageTokenId, []);
        return text.Run([sequence], 0, [0], recorded.InputIds.Length).ToArray();
    }
}
