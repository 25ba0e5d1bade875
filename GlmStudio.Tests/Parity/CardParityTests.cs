using GlmStudio.Engine;
using GlmStudio.Engine.Checkpoints;
using GlmStudio.Engine.Model;
using GlmStudio.Engine.Sessions;

namespace GlmStudio.Tests.Parity;

/// <summary>The networks on a card against the same on the processor in 32 bits. Need a card: <c>./test -explicit only -class "*CardParityTests"</c>.</summary>
public sealed class CardParityTests : IDisposable
{
    private const int Steps = 12;
    private const int Capacity = 4096;
    private static readonly OnnxSettings Cpu = new(Threads: 2);
    private static readonly OnnxSettings Card = new(Device: "cuda:0");
    private readonly string _cache = Directory.CreateTempSubdirectory("glm-card-").FullName;

    /// <summary>Largest share of the norm by which a setting may differ; networks of random weights feel every bit.</summary>
    public static TheoryData<string, Precision, Quantization, double> Settings => new()
    {
        { "glm4v-11", Precision.Fp16, Quantization.None, 0.04 }, { "glm_ocr-11", Precision.Fp16, Quantization.None, 0.04 },
        { "glm4v-11", Precision.Bf16, Quantization.None, 0.15 }, { "glm_ocr-11", Precision.Bf16, Quantization.None, 0.15 },
        { "glm4v-11", Precision.Fp16, Quantization.Int8, 0.15 }, { "glm4v-11", Precision.Bf16, Quantization.Int8, 0.2 },
    };

    [Theory(Explicit = true)]
    [MemberData(nameof(Settings))]
    public void Encode_OnTheCard_GivesTheFeatures(string model, Precision precision, Quantization quantization, double bound)
    {
        var reference = ReferenceModel.Open(model);
        var recorded = reference.Recorded.Cases.First(c => reference.Has($"{c.Name}.pixel_values"));
        var (weights, plan) = Open(reference, precision, quantization);
        using var _ = weights;
        using var vision = new VisionSession(weights, GlmConfig.Read(weights).Vision, Card, plan.Arithmetic);
        var pixels = RecordedPixels.Of(reference, recorded);

        foreach (var features in vision.Encode([pixels, pixels])) Closeness.Within(bound, reference.Floats($"{recorded.Name}.image_features"), features.Values);
    }

    // The prompt shows the picture twice and is read in chunks that end within it.
    [Theory(Explicit = true)]
    [InlineData("glm4v-11", Precision.Bf16)]
    [InlineData("glm_ocr-11", Precision.Fp16)]
    public void Run_FeaturesLeftOnTheCard_GiveTheSameLogitsAsSentOnes(string model, Precision precision)
    {
        var reference = ReferenceModel.Open(model);
        var recorded = reference.Recorded.Cases.First(c => reference.Has($"{c.Name}.pixel_values"));
        var (weights, plan) = Open(reference, precision, Quantization.None);
        using var _ = weights;
        var config = GlmConfig.Read(weights);
        using var vision = new VisionSession(weights, config.Vision, Card, plan.Arithmetic);
        var pixels = RecordedPixels.Of(reference, recorded);
        var (fetched, left) = (vision.Encode([pixels, pixels]), vision.Encode([pixels, pixels], staysOnCard: true));
        int[] picture = [.. Enumerable.Repeat(config.ImageTokenId, fetched[0].Grid.Count)];
        int[] ids = [1, 2, .. picture, 3, 4, 5, .. picture, 6, 7];
        var positions = TokenPositions.Of(ids, config.ImageTokenId, [.. fetched.Select(f => f.Grid)]);
        using var text = TextRunner.Open(weights, config.Text, Card, slots: 2, Capacity, plan.Arithmetic);

        float[] Logits(SequenceTensors sequence, int slot, int chunk)
        {
            float[] logits = [];
            for (var start = 0; start < ids.Length; start += chunk) logits = text.Run([sequence], slot, [start], Math.Min(chunk, ids.Length - start)).ToArray();
            return logits;
        }
        foreach (var chunk in (int[])[16, ids.Length])
            Closeness.Within(1e-6, Logits(new SequenceTensors(ids, positions, config.ImageTokenId, [.. fetched.SelectMany(f => f.Values)]), 0, chunk),
                Logits(new SequenceTensors(ids, positions, config.ImageTokenId, []) { OnCard = [.. left.Select(f => f.OnCard!)] }, 1, chunk));
    }

    // A prompt in chunks in slot 0, one whole in slot 2, then both answer together with slot 1 idle between them: recorded once, played back from then on.
    [Theory(Explicit = true)]
    [MemberData(nameof(Settings))]
    public void Run_PromptsAndSteps_GiveTheLogits(string model, Precision precision, Quantization quantization, double bound)
    {
        var reference = ReferenceModel.Open(model);
        using var singles = reference.OpenWeights(TestContext.Current.CancellationToken);
        var (weights, plan) = Open(reference, precision, quantization);
        using var _ = weights;
        var config = GlmConfig.Read(weights);
        using var here = TextRunner.Open(singles, config.Text, Cpu, slots: 3, Capacity, Arithmetic.Singles);
        using var there = TextRunner.Open(weights, config.Text, Card, slots: 3, Capacity, plan.Arithmetic);
        var (expected, actual) = (Sequences(reference, config), Sequences(reference, config));

        void Same(IReadOnlyList<int> rows, int first, IReadOnlyList<int> starts, int count)
        {
            Memory<float> Of(TextRunner runner, List<SequenceTensors> all) => runner.Run([.. rows.Select(r => r < 0 ? null : all[r])], first, starts, count);
            var wanted = Of(here, expected).ToArray();
            Closeness.Within(bound, wanted, Of(there, actual).Span);
            foreach (var (i, row) in rows.Where(r => r >= 0).Index())
            {
                var logits = wanted.AsSpan(i * config.Text.Vocabulary, config.Text.Vocabulary);
                var likeliest = System.Numerics.Tensors.TensorPrimitives.IndexOfMax<float>(logits);
                expected[row].Ids.Add(likeliest);
                actual[row].Ids.Add(likeliest);
            }
        }

        var (one, other) = (expected[0].PromptLength, expected[1].PromptLength);
        here.Run([expected[0]], 0, [0], 16);
        there.Run([actual[0]], 0, [0], 16);
        Same([0], 0, [16], one - 16);
        Same([1], 2, [0], other);
        for (var step = 0; step < Steps; step++) Same([0, -1, 1], 0, [one + step, 0, other + step], 1);
    }

    /// <summary>Forms of weights and numbers of requests: one row, a few, more than the tensor cores take at a time, and more than our products take.</summary>
    public static TheoryData<Precision, Quantization, int, int> OwnSettings
    {
        get
        {
            var data = new TheoryData<Precision, Quantization, int, int>();
            foreach (var requests in (int[])[1, 2, 3, 11, 36]) data.Add(Precision.Bf16, Quantization.None, 32, requests);
            foreach (var (quantization, block) in ((Quantization, int)[])[(Quantization.Int4, 128), (Quantization.Int4, 64), (Quantization.Int4, 32), (Quantization.Int8, 32)])
                foreach (var requests in (int[])[1, 11, 36]) data.Add(Precision.Bf16, quantization, block, requests);
            data.Add(Precision.Fp16, Quantization.None, 32, 2);
            data.Add(Precision.Fp16, Quantization.Int4, 128, 5);
            data.Add(Precision.Fp16, Quantization.Int8, 32, 5);
            return data;
        }
    }

    // The same weights, once with steps of our own and once with the runtime's; both read the prompts.
    [Theory(Explicit = true)]
    [MemberData(nameof(OwnSettings))]
    public void Run_StepsOfOurOwn_GiveTheLogitsOfTheRuntimes(Precision precision, Quantization quantization, int block, int requests)
    {
        var (weights, plan) = OpenWide(precision, quantization, block);
        using var _ = weights;
        var config = GlmConfig.Read(weights).Text;
        using var theirs = new CardTextSession(weights, config, Card, requests, Capacity, plan.Arithmetic, avoidsOwnSteps: true);
        using var ours = new CardTextSession(weights, config, Card, requests, Capacity, plan.Arithmetic);
        Assert.True(ours.HasOwnSteps);
        Assert.False(theirs.HasOwnSteps);
        List<SequenceTensors> Prompts() => [.. Enumerable.Range(0, requests).Select(r => { int[] ids = [.. Enumerable.Range(0, 5 + 37 * r % 150).Select(i => (31 * r + 7 * i) % 500)]; return new SequenceTensors(ids, TokenPositions.Of(ids, -1, []), -1, []); })];
        var (expected, actual) = (Prompts(), Prompts());

        void Same(IReadOnlyList<int> rows, int first, IReadOnlyList<int> starts, int count)
        {
            var wanted = theirs.Run([.. rows.Select(r => expected[r])], first, starts, count).ToArray();
            Closeness.Within(0.03, wanted, ours.Run([.. rows.Select(r => actual[r])], first, starts, count).Span);
            foreach (var (i, row) in rows.Index())
            {
                var likeliest = System.Numerics.Tensors.TensorPrimitives.IndexOfMax<float>(wanted.AsSpan(i * config.Vocabulary, config.Vocabulary));
                expected[row].Ids.Add(likeliest);
                actual[row].Ids.Add(likeliest);
            }
        }
        for (var r = 0; r < requests; r++) Same([r], r, [0], expected[r].PromptLength);
        int[] all = [.. Enumerable.Range(0, requests)];
        for (var step = 0; step < Steps; step++) Same(all, 0, [.. all.Select(r => expected[r].Ids.Count - 1)], 1);
    }

    public void Dispose() => Directory.Delete(_cache, recursive: true);

    // Wide enough for blocks of 128, with biases; random weights of the size that activations keep.
    private (Checkpoint Weights, WeightPlan Plan) OpenWide(Precision precision, Quantization quantization, int block)
    {
        var made = Path.Combine(_cache, "wide");
        var config = System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(Path.Combine(ReferenceModel.Open("glm4v-11").CheckpointFolder, "config.json")))!;
        var text = config["text_config"]!;
        (text["hidden_size"], text["num_attention_heads"], text["intermediate_size"], config["vision_config"]!["out_hidden_size"]) = (256, 8, 384, 256);
        Directory.CreateDirectory(made);
        var file = Path.Combine(_cache, "config.json");
        File.WriteAllText(file, config.ToJsonString());
        RandomCheckpoint.Write(file, made, TestContext.Current.CancellationToken);
        var plan = new WeightOptions { Precision = precision, Quantization = quantization, Block = block }.ToPlan(Card.Device);
        using var original = Checkpoint.Open(made);
        return (ConvertedCheckpoint.Open(original, plan.ToConversion(), _cache, null, TestContext.Current.CancellationToken), plan);
    }

    private (Checkpoint Weights, WeightPlan Plan) Open(ReferenceModel reference, Precision precision, Quantization quantization)
    {
        var plan = new WeightOptions { Precision = precision, Quantization = quantization }.ToPlan(Card.Device);
        using var original = Checkpoint.Open(reference.CheckpointFolder);
        return (ConvertedCheckpoint.Open(original, plan.ToConversion(), _cache, null, TestContext.Current.CancellationToken), plan);
    }

    private static List<SequenceTensors> Sequences(ReferenceModel reference, GlmConfig config) => [.. reference.Recorded.Cases.Where(c => c.InputIds.Length > 20).Take(2).Select(c =>
    {
        var grids = c.GridThw.Select(g => new PatchGrid(g[1], g[2]).Features(config.Vision.MergeSize)).ToList();
        return new SequenceTensors(c.InputIds, TokenPositions.Of(c.InputIds, config.ImageTokenId, grids), config.ImageTokenId, c.Images.Count == 0 ? [] : reference.Floats($"{c.Name}.image_features"));
    })];
}
