using System.Runtime.InteropServices;
using GlmStudio.Engine.Checkpoints;
using GlmStudio.Engine.Graphs;
using GlmStudio.Engine.Kernels;
using GlmStudio.Engine.Model;
using GlmStudio.Engine.Sessions;
using GlmStudio.Engine;
using GlmStudio.Tests.Parity;

namespace GlmStudio.Tests.Engine.Sessions;

/// <summary>What of a card's work can be seen without one; the rest is in <see cref="CardParityTests"/>.</summary>
public sealed class CardStepsTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 4)]
    [InlineData(9, 12)]
    [InlineData(20, 20)]
    public void Bucket_Slots_AreRoundedUpToFewNumbers(int slots, int expected) => Assert.Equal(expected, CardTextSession.Bucket(slots));

    // Where a recording is to be made while somebody uses the card, it waits. The one who uses it goes on when the other waits, or has not waited.
    [Fact]
    public void Alone_WhileSomebodyUsesTheCard_Waits()
    {
        var settings = new OnnxSettings(Device: "cuda:63");
        bool isDone = false, wasDone = false;
        var alone = new Thread(() => CardGate.Alone(settings, () => wasDone = Volatile.Read(ref isDone)));
        CardGate.Shared(settings, () =>
        {
            alone.Start();
            while ((alone.ThreadState & (ThreadState.WaitSleepJoin | ThreadState.Stopped)) == 0)
                TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            // Other cards are not concerned.
            CardGate.Alone(new OnnxSettings(Device: "cuda:62"), () => { });
            Volatile.Write(ref isDone, true);
            return 0;
        });
        alone.Join();
        Assert.True(wasDone);
    }

    // OrtCustomOp of onnxruntime_c_api.h: a number and eighteen functions before the first that later versions added.
    [Fact]
    public void OperatorTable_Fields_StandWhereTheRuntimeLooksForThem()
    {
        var pointer = IntPtr.Size;
        Assert.Equal(0, Marshal.OffsetOf<OperatorTable>(nameof(OperatorTable.Version)));
        Assert.Equal(2 * pointer, Marshal.OffsetOf<OperatorTable>(nameof(OperatorTable.Name)));
        Assert.Equal(8 * pointer, Marshal.OffsetOf<OperatorTable>(nameof(OperatorTable.Compute)));
        Assert.Equal(12 * pointer, Marshal.OffsetOf<OperatorTable>(nameof(OperatorTable.InputMemory)));
        Assert.Equal(18 * pointer, Marshal.OffsetOf<OperatorTable>(nameof(OperatorTable.Run)));
    }

    // Sessions that do not need them load as before: the runtime has read every table.
    [Fact]
    public void AddTo_OptionsOfASession_AreTakenByTheRuntime()
    {
        using var options = new Microsoft.ML.OnnxRuntime.SessionOptions();
        CardOperators.AddTo(options);
        var graph = new GraphBuilder();
        graph.Output(graph.Node("Add", [graph.Input("x", ElementType.Float, 2), "x"]), "y", ElementType.Float, 2);
        using var session = new Microsoft.ML.OnnxRuntime.InferenceSession(graph.ToModel(), options);
        Assert.Equal(["y"], session.OutputNames);
    }

    // Named by a graph, an operator of ours is known by its inputs and outputs, and is a card's: without one there is no kernel for it.
    [Fact]
    public void Load_GraphWithOurOperators_FindsThemAndNoKernelOnTheProcessor()
    {
        using var options = new Microsoft.ML.OnnxRuntime.SessionOptions();
        CardOperators.AddTo(options);
        var graph = new GraphBuilder();
        graph.Output(graph.Node(FusedOperators.SwiGlu(ElementType.BFloat16), [graph.Input("x", ElementType.BFloat16, "rows", 16)], domain: FusedOperators.Domain), "y", ElementType.BFloat16, "rows", 8);
        var fault = Assert.Throws<Microsoft.ML.OnnxRuntime.OnnxRuntimeException>(() => new Microsoft.ML.OnnxRuntime.InferenceSession(graph.ToModel(), options));
        Assert.Contains("SwiGluBFloat16(1)", fault.Message, StringComparison.Ordinal);
        Assert.Contains("NOT_IMPLEMENTED", fault.Message.Replace("NotImplemented", "NOT_IMPLEMENTED", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    // 32 bits have no kernels of ours anywhere.
    [Fact]
    public void Problem_CardWithoutKernels_NamesTheLibraryThatIsMissing()
    {
        Assert.Contains("cuda:0 goes without", CardKernels.Problem(0, ElementType.Float), StringComparison.Ordinal);
        Assert.Contains("libnvrtc.so.13", CardKernels.Problem(0, ElementType.Float), StringComparison.Ordinal);
        Assert.Null(CardKernels.Problem(null, ElementType.Float));
    }

    // Two norms a layer go into one kernel, and the gate into another; the processor's graph has neither.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Build_TextGraph_NamesOurOperatorsOnlyForSessionsThatKnowThem(bool isFused)
    {
        using var checkpoint = Checkpoint.Open(ReferenceModel.Open("glm4v-11").CheckpointFolder);
        var config = GlmConfig.Read(checkpoint).Text;
        var graph = new GraphBuilder();
        var model = System.Text.Encoding.Latin1.GetString(TextGraph.Build(graph, new Weights(graph, (_, _) => { }), config, Arithmetic.Brains, isFused));
        Assert.Equal(isFused, model.Contains(FusedOperators.NormAddNorm(ElementType.BFloat16), StringComparison.Ordinal));
        Assert.Equal(isFused, model.Contains(FusedOperators.SwiGlu(ElementType.BFloat16), StringComparison.Ordinal));
        Assert.Equal(isFused, model.Contains(FusedOperators.Domain, StringComparison.Ordinal));
        Assert.NotEqual(isFused, model.Contains("SkipSimplifiedLayerNormalization", StringComparison.Ordinal));
    }

    // The runtime's graph tells where each weight is, in the order in which the decoder is read; what it tells must be as many as the decoder has.
    [Theory]
    [InlineData(Quantization.None)]
    [InlineData(Quantization.Int8)]
    public void Build_TextGraphThatTells_NamesEveryWeightOfItsDecoder(Quantization quantization)
    {
        var folder = Directory.CreateTempSubdirectory("glm-told-").FullName;
        using var original = Checkpoint.Open(ReferenceModel.Open("glm4v-11").CheckpointFolder);
        var plan = new WeightOptions { Precision = Precision.Fp16, Quantization = quantization }.ToPlan("cpu");
        using var checkpoint = ConvertedCheckpoint.Open(original, plan.ToConversion(), folder, null, TestContext.Current.CancellationToken);
        var config = GlmConfig.Read(checkpoint).Text;
        var graph = new GraphBuilder();
        var blocks = new Blocks(graph, new Weights(checkpoint, graph), config.NormEpsilon, plan.Arithmetic.Type, isFused: true, areCodesOurs: true);
        TextGraph.AddTo(graph, blocks, config, plan.Arithmetic);
        Assert.True(blocks.Used.Count + 1 <= TextGraph.MostWeights(config));

        var weights = DecoderWeights.Read(OwnSteps.ShapeOf(checkpoint, config, plan.Arithmetic)!, [.. Enumerable.Range(1, blocks.Used.Count).Select(i => (nint)i)]);
        string Name(nint address) => blocks.Used[(int)address - 1];
        Assert.StartsWith(TextGraph.EmbeddingTable, Name(weights.Table), StringComparison.Ordinal);
        Assert.StartsWith(TextGraph.HeadTable, Name(weights.Head.Numbers), StringComparison.Ordinal);
        var last = weights.Layers[^1];
        Assert.StartsWith("model.language_model.layers.2.mlp.gate_up_proj.weight", Name(last.GateUp.Numbers), StringComparison.Ordinal);
        Assert.StartsWith("model.language_model.layers.2.mlp.down_proj.weight", Name(last.Down.Numbers), StringComparison.Ordinal);
        Assert.Equal("model.language_model.norm.weight", Name(last.NextNorm));
        Directory.Delete(folder, recursive: true);
    }
}
