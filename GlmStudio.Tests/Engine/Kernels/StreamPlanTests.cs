using GlmStudio.Engine.Kernels;

namespace GlmStudio.Tests.Engine.Kernels;

public sealed class StreamPlanTests
{
    private static readonly CardSize H200 = new(132, 232_448);

    // The matrices of GLM-4.6V-Flash: queries, keys and values; output; gate; down; head.
    [Theory]
    [InlineData(288, 512, 12, 4)]
    [InlineData(256, 512, 16, 8)]
    [InlineData(1712, 512, 13, 1)]
    [InlineData(256, 1712, 16, 8)]
    [InlineData(9472, 512, 12, 1)]
    public void Of_AMatrix_SharesItsInputsOrItsTilesAmongWarps(int tiles, int parts, int warps, int split)
    {
        var plan = StreamPlan.Of(tiles, parts, StreamedWeights.Coded(1), rows: 1, H200)!.Value;

        Assert.Equal((132, warps, split), (plan.Blocks, plan.Warps, plan.Split));
    }

    // Two blocks on one multiprocessor would leave another without work.
    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    [InlineData(9472)]
    public void Of_AnyMatrix_FillsMoreThanHalfOfAMultiprocessor(int tiles) =>
        Assert.InRange(StreamPlan.Of(tiles, 8, StreamedWeights.Plain, rows: 1, H200)!.Value.SharedBytes, H200.SharedBytes / 2 + 1, H200.SharedBytes);

    // The kernel takes it that no warp is without inputs, and that warps that share a tile have no second one.
    [Theory]
    [InlineData(132)]
    [InlineData(7)]
    [InlineData(1)]
    public void Of_AnySize_GivesEveryWarpInputs(int multiprocessors)
    {
        var card = new CardSize(multiprocessors, 232_448);
        for (var tiles = 1; tiles < 3000; tiles = (tiles * 5 / 4) + 1)
            for (var steps = 1; steps < 120; steps = (steps * 4 / 3) + 1)
            {
                var plan = StreamPlan.Of(tiles, steps * 32, StreamedWeights.Coded(1), rows: 1, card)!.Value;
                var each = (steps + plan.Split - 1) / plan.Split;
                Assert.True((plan.Split - 1) * each < steps, $"{tiles} tiles, {steps} steps: {plan}");
                Assert.True(plan.Split == 1 || plan.Warps / plan.Split * plan.Blocks >= tiles, $"{tiles} tiles, {steps} steps: {plan}");
                Assert.Equal(0, plan.Warps % plan.Split);
                Assert.InRange(plan.Warps, 1, 16);
            }
    }

    [Fact]
    public void Of_MoreRowsThanFit_IsNone() => Assert.Null(StreamPlan.Of(256, 1712, StreamedWeights.Plain, rows: 2, H200));

    [Fact]
    public void Of_MoreRowsThanAreFew_IsNone() => Assert.Null(StreamPlan.Of(256, 16, StreamedWeights.Plain, rows: StreamPlan.MostRows + 1, H200));

    [Fact]
    public void Of_ACardWithLittleSharedMemory_IsNone() => Assert.Null(StreamPlan.Of(1712, 512, StreamedWeights.Plain, rows: 1, new CardSize(58, 64 << 10)));
}
