using GlmStudio.Engine.Kernels;

namespace GlmStudio.Tests.Engine.Kernels;

public sealed class ManyRowsPlanTests
{
    private static readonly CardSize H200 = new(132, 232_448);

    // The matrices of GLM-4.6V-Flash: queries, keys and values; output; gate; down; head.
    [Theory]
    [InlineData(4608, false, 32, 36, 7)]
    [InlineData(4096, false, 32, 32, 8)]
    [InlineData(13_696, true, 32, 214, 1)]
    [InlineData(4096, false, 107, 32, 8)]
    [InlineData(151_552, false, 32, 1184, 1)]
    public void Of_AMatrix_FillsTheCardOnce(int outputs, bool isGated, int chunks, int blocks, int split)
    {
        var plan = ManyRowsPlan.Of(outputs, isGated, chunks, scales: 1, rows: 64, H200)!.Value;

        Assert.Equal((blocks, split), (plan.Blocks, plan.Split));
    }

    [Theory]
    [InlineData(25, 4)]
    [InlineData(32, 4)]
    [InlineData(33, 6)]
    [InlineData(48, 6)]
    [InlineData(49, 8)]
    [InlineData(64, 8)]
    public void Of_Rows_HasRoomForThem(int rows, int tiles) => Assert.Equal(tiles, ManyRowsPlan.Of(4096, false, 32, 1, rows, H200)!.Value.Tiles);

    [Theory]
    [InlineData(24)]
    [InlineData(65)]
    public void Of_OtherRows_IsNone(int rows) => Assert.Null(ManyRowsPlan.Of(4096, false, 32, 1, rows, H200));

    // The kernel takes it that no block is without inputs; what blocks leave for each other finds room.
    [Theory]
    [InlineData(132)]
    [InlineData(7)]
    [InlineData(1)]
    public void Of_AnySize_GivesEveryBlockInputsAndRoom(int multiprocessors)
    {
        var card = new CardSize(multiprocessors, 232_448);
        for (var outputs = 8; outputs < 40_000; outputs = ((outputs * 5 / 4) + 8) / 8 * 8)
            for (var chunks = 1; chunks < 120; chunks = (chunks * 4 / 3) + 1)
            {
                var plan = ManyRowsPlan.Of(outputs, isGated: false, chunks, scales: 1, rows: 64, card)!.Value;
                var each = (chunks + plan.Split - 1) / plan.Split;
                Assert.True((plan.Split - 1) * each < chunks, $"{outputs} outputs, {chunks} chunks: {plan}");
                if (plan.Split == 1) continue;
                Assert.InRange(plan.Blocks * sizeof(uint), 0, ManyRowsPlan.CountBytes(card));
                Assert.InRange((long)plan.Blocks * plan.Split * plan.Tiles * 8 * 128 * sizeof(float), 0, ManyRowsPlan.PartBytes(card));
            }
    }

    // A card of compute capability 8.6 has 99 KiB a block.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void Of_ACardWithLessSharedMemory_HasAPlan(int scales) => Assert.NotNull(ManyRowsPlan.Of(4096, false, 32, scales, 64, new CardSize(82, 99 << 10)));

    [Fact]
    public void Of_ACardWithLittleSharedMemory_IsNone() => Assert.Null(ManyRowsPlan.Of(4096, false, 32, 1, 64, new CardSize(58, 64 << 10)));
}
