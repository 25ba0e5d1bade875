using GlmStudio.Engine.Model;
using GlmStudio.Engine.Sessions;

namespace GlmStudio.Tests.Parity;

/// <summary>The graphs alone, fed the reference's own pixels: what differs is arithmetic, not pictures.</summary>
public sealed class NetworkParityTests
{
    private static readonly OnnxSettings Cpu = new(Threads: 2);

    /// <summary>Cases whose pixels were recorded, and text alone.</summary>
    public static TheoryData<string, string> Cases => [.. ReferenceModel.Names.SelectMany(m =>
    {
        var reference = ReferenceModel.Open(m);
        return reference.Recorded.Cases.Where(c => c.Images.Count == 0 || reference.Has($"{c.Name}.pixel_values")).Select(c => (m, c.Name));
    })];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Run_ReferencesPixels_GivesItsFeaturesAndLogits(string model, string name)
    {
        var reference = ReferenceModel.Open(model);
        var recorded = reference.Case(name);
        using var checkpoint = reference.OpenWeights(TestContext.Current.CancellationToken);
        var config = GlmConfig.Read(checkpoint);

        float[] features = [];
        if (recorded.Images.Count == 1)
        {
            using var vision = new VisionSession(checkpoint, config.Vision, Cpu);
            features = vision.Encode([RecordedPixels.Of(reference, recorded)])[0].Values;
            Closeness.Within(1e-3, reference.Floats($"{name}.image_features"), features);
        }
        using var text = new TextSession(checkpoint, config.Text, Cpu, slots: 1, capacity: 4096);
        var grids = recorded.GridThw.Select(g => new PatchGrid(g[1], g[2]).Features(config.Vision.MergeSize)).ToList();
        var sequence = new SequenceTensors(recorded.InputIds, TokenPositions.Of(recorded.InputIds, config.ImageTokenId, grids), config.ImageTokenId, features);

        var logits = text.Run([sequence], 0, [0], recorded.InputIds.Length).ToArray();

        Closeness.Within(2e-3, reference.Floats($"{name}.last_logits"), logits);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Run_PromptInChunks_GivesTheSameLogits(string model, string name)
    {
        var reference = ReferenceModel.Open(model);
        var recorded = reference.Case(name);
        using var checkpoint = reference.OpenWeights(TestContext.Current.CancellationToken);
        var config = GlmConfig.Read(checkpoint);
        var grids = recorded.GridThw.Select(g => new PatchGrid(g[1], g[2]).Features(config.Vision.MergeSize)).ToList();
        var features = recorded.Images.Count == 0 ? [] : reference.Floats($"{name}.image_features");
        var sequence = new SequenceTensors(recorded.InputIds, TokenPositions.Of(recorded.InputIds, config.ImageTokenId, grids), config.ImageTokenId, features);
        using var text = new TextSession(checkpoint, config.Text, Cpu, slots: 3, capacity: 4096);

        float[] logits = [];
        for (var start = 0; start < recorded.InputIds.Length; start += 16)
            logits = text.Run([sequence], 1, [start], Math.Min(16, recorded.InputIds.Length - start)).ToArray();

        Closeness.Within(2e-3, reference.Floats($"{name}.last_logits"), logits);
    }
}
