using System.Runtime.InteropServices;
using GlmStudio.Engine.Checkpoints;
using GlmStudio.Engine.Graphs;
using GlmStudio.Engine.Model;
using GlmStudio.Engine.Sessions;
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
}
