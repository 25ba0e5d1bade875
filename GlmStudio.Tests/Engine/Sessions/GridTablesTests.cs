using GlmStudio.Engine.Model;
using GlmStudio.Engine.Sessions;
using GlmStudio.Tests.Parity;

namespace GlmStudio.Tests.Engine.Sessions;

public sealed class GridTablesTests
{
    [Fact]
    public void Of_SameGridsAgain_GivesTheSameTensors()
    {
        using var tables = Make();
        var first = tables.Of([new PatchGrid(4, 6), new PatchGrid(6, 4)]);
        Assert.Same(first, tables.Of([new PatchGrid(4, 6), new PatchGrid(6, 4)]));
        Assert.NotSame(first, tables.Of([new PatchGrid(6, 4), new PatchGrid(4, 6)]));
    }

    [Fact]
    public void Of_MoreGridsThanAreKept_ForgetsTheOneNotUsedLongest()
    {
        using var tables = Make();
        var (old, kept) = (tables.Of([new PatchGrid(2, 2)]), tables.Of([new PatchGrid(2, 4)]));
        for (var width = 6; width < 40; width += 2)
        {
            tables.Of([new PatchGrid(2, width)]);
            Assert.Same(kept, tables.Of([new PatchGrid(2, 4)]));
        }
        Assert.NotSame(old, tables.Of([new PatchGrid(2, 2)]));
    }

    private static GridTables Make()
    {
        using var checkpoint = GlmStudio.Engine.Checkpoints.Checkpoint.Open(ReferenceModel.Open("glm4v-11").CheckpointFolder);
        return new GridTables(GlmConfig.Read(checkpoint).Vision, card: null);
    }
}
