using GlmStudio.Engine;
using GlmStudio.Engine.Checkpoints;
using GlmStudio.Engine.Graphs;
using GlmStudio.Engine.Kernels;
using GlmStudio.Engine.Model;
using GlmStudio.Engine.Sessions;
using GlmStudio.Engine.Text;
using GlmStudio.Engine.Text.Masks;

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
        using var vision = new VisionSession(weights, GlmConfig.Read(weights).Vision, Card, plan.Arithmetic, RunLengths.ForVision(Card));
        var pixels = RecordedPixels.Of(reference, recorded);

        foreach (var features in (ImageFeatures[])[.. vision.Encode([pixels]), .. vision.Encode([pixels, pixels])]) Closeness.Within(bound, reference.Floats($"{recorded.Name}.image_features"), features.Values);
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
        using var vision = new VisionSession(weights, config.Vision, Card, plan.Arithmetic, RunLengths.ForVision(Card));
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
                foreach (var requests in (int[])[1, 11, 29, 36, 61]) data.Add(Precision.Bf16, quantization, block, requests);
            data.Add(Precision.Fp16, Quantization.None, 32, 2);
            foreach (var requests in (int[])[5, 61]) data.Add(Precision.Fp16, Quantization.Int4, 128, requests);
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

    // A begun step goes on where the answer does, and is dropped where another token was taken, a prompt was read between, or an answer began.
    [Theory(Explicit = true)]
    [InlineData(Quantization.None)]
    [InlineData(Quantization.Int4)]
    public void RunToChoose_WhateverHappensBetween_SummarisesTheLogits(Quantization quantization)
    {
        const int Layers = 11, Requests = 4;
        var (weights, plan) = OpenWide(Precision.Bf16, quantization, 128, Layers);
        using var _ = weights;
        var config = GlmConfig.Read(weights).Text;
        using var whole = new CardTextSession(weights, config, Card, Requests, Capacity, plan.Arithmetic);
        using var summarised = new CardTextSession(weights, config, Card, Requests, Capacity, plan.Arithmetic);
        List<SequenceTensors> Prompts() => [.. Enumerable.Range(0, Requests).Select(r => { int[] ids = [.. Enumerable.Range(0, 9 + 11 * r).Select(i => (31 * r + 7 * i) % 500)]; return new SequenceTensors(ids, TokenPositions.Of(ids, -1, []), -1, []); })];
        var (expected, actual) = (Prompts(), Prompts());
        var permitted = new Permission(new TokenMask([.. Enumerable.Repeat(0x0f0f_00ff_0000_ffffUL, config.Vocabulary / 64)]), new HashSet<int> { 63 }, new HashSet<int> { 1 });

        void Read(int row)
        {
            foreach (var (session, all) in ((CardTextSession, List<SequenceTensors>)[])[(whole, expected), (summarised, actual)])
            {
                session.Run([all[row]], row, [0], all[row].PromptLength);
                all[row].Ids.Add(7 + row);
            }
        }
        // Every second row is held to a form; takesOther: the second likeliest goes on.
        void Step(IReadOnlyList<int> rows, bool takesOther = false)
        {
            int?[] slots = [.. Enumerable.Range(rows[0], rows[^1] - rows[0] + 1).Select(r => rows.Contains(r) ? r : (int?)null)];
            int[] starts = [.. slots.Select(r => r is { } row ? expected[row].Ids.Count - 1 : 0)];
            var logits = whole.Run([.. slots.Select(r => r is { } row ? expected[row] : null)], rows[0], starts, 1);
            var (all, summaries) = summarised.RunToChoose([.. slots.Select(r => r is { } row ? actual[row] : null)], rows[0], starts, 1, [.. rows.Select(r => Writer(r % 2 == 1 ? permitted : null))]);
            Assert.True(all.IsEmpty);
            foreach (var (i, row) in rows.Index())
            {
                var own = logits.Span.Slice(i * config.Vocabulary, config.Vocabulary);
                Same(LogitSummaries.Of(own, row % 2 == 1 ? () => permitted : null), summaries![i]);
                var token = takesOther ? summaries[i].Second!.Value : summaries[i].First;
                expected[row].Ids.Add(token);
                actual[row].Ids.Add(token);
            }
        }
        for (var row = 0; row < 3; row++) Read(row);
        for (var i = 0; i < 3; i++) Step([0, 1, 2]);
        Step([0, 1, 2], takesOther: true);
        Step([0, 2]);
        Read(3);
        Step([0, 2, 3]);
        Step([0, 1, 2, 3]);
        Step([3]);
        Step([3]);
    }

    // Ties on both sides of a block's border, forbidden ones, the highest forbidden, no second one, none at all, and logits that are no numbers.
    [Theory(Explicit = true)]
    [InlineData(1000)]
    [InlineData(151_552)]
    public void CardChoice_Logits_GiveWhatTheProcessorFinds(int vocabulary)
    {
        const int Slots = 7;
        using var stream = new CardStream(0);
        var logits = new float[Slots * vocabulary];
        var random = new Random(5);
        for (var i = 0; i < logits.Length; i++) logits[i] = (float)((random.NextDouble() * 60) - 40);
        Span<float> Row(int slot) => logits.AsSpan(slot * vocabulary, vocabulary);
        foreach (var slot in (int[])[1, 2]) (Row(slot)[255], Row(slot)[256], Row(slot)[vocabulary - 1]) = (30, 30, 30);
        Row(3)[500] = 50;
        Row(6)[11] = float.NaN;
        var few = new Permission(new TokenMask([.. Enumerable.Repeat(0x8000_0000_0000_0001UL, (vocabulary / 64) + 1)]), new HashSet<int>(), new HashSet<int>());
        var one = new Permission(new TokenMask([1UL << 40]), new HashSet<int>(), new HashSet<int>());
        var none = new Permission(new TokenMask([0UL]), new HashSet<int>(), new HashSet<int>());
        Permission?[] permitted = [null, null, few, few, one, none, null];
        using var there = new CardOutput(stream, logits.Length);
        using var here = new PinnedMemory<float>(logits.Length);
        logits.CopyTo(here.GetSpan());
        stream.Copy(here.Address, there.Address, logits.Length * sizeof(float));
        var (ids, last) = (stream.Allocate(Slots * sizeof(long)), stream.Allocate(Slots * sizeof(int)));
        using var choice = new CardChoice(new KernelBuild(ElementType.BFloat16), stream, there.Address, Slots, vocabulary);
        for (var slot = 0; slot < Slots; slot++)
            choice.Permit(slot, Writer(permitted[slot]));

        choice.Put(Slots, ids, last);
        choice.Wait();

        for (var slot = 0; slot < 5; slot++) Same(LogitSummaries.Of(Row(slot), permitted[slot] is { } some ? () => some : null), choice[slot]);
        Assert.Contains("keeps to the answer's form", Assert.Throws<EngineException>(() => choice[5].Checked()).Message, StringComparison.Ordinal);
        Assert.Contains("not finite", Assert.Throws<EngineException>(() => choice[6].Checked()).Message, StringComparison.Ordinal);
        _ = CudaRuntime.Free(ids);
        _ = CudaRuntime.Free(last);
    }

    public void Dispose() => Directory.Delete(_cache, recursive: true);

    private static PermittedTokens Writer(Permission? permitted) => bits =>
    {
        permitted?.Write(bits);
        return permitted is not null;
    };

    private static void Same(LogitSummary expected, LogitSummary actual)
    {
        Assert.Equal((expected.First, expected.FirstLogit, expected.Second, expected.SecondLogit), (actual.First, actual.FirstLogit, actual.Second, actual.SecondLogit));
        Assert.Equal(expected.Normaliser, actual.Normaliser, 1e-3);
        Assert.Equal(expected.PermittedNormaliser, actual.PermittedNormaliser, 1e-3);
        Assert.Equal(expected.Entropy, actual.Entropy, 1e-3);
    }

    // Wide enough for blocks of 128, with biases; random weights of the size that activations keep.
    private (Checkpoint Weights, WeightPlan Plan) OpenWide(Precision precision, Quantization quantization, int block, int? layers = null)
    {
        var made = Path.Combine(_cache, "wide");
        var config = System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(Path.Combine(ReferenceModel.Open("glm4v-11").CheckpointFolder, "config.json")))!;
        var text = config["text_config"]!;
        (text["hidden_size"], text["num_attention_heads"], text["intermediate_size"], config["vision_config"]!["out_hidden_size"]) = (256, 8, 384, 256);
        if (layers is { } number) text["num_hidden_layers"] = number;
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
