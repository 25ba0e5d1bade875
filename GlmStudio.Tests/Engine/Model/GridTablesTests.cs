using GlmStudio.Engine.Checkpoints;
using GlmStudio.Engine.Model;
using GlmStudio.Tests.Support;

namespace GlmStudio.Tests.Engine.Model;

public sealed class GridTablesTests
{
    private static readonly VisionConfig Config = ConfigOf();

    [Fact]
    public void Of_TwoGrids_TellsEveryPatchItsRowAndColumn()
    {
        var places = GridTables.Of(Config, [new PatchGrid(2, 4), new PatchGrid(4, 2)]).Places.ToDictionary(p => p.Name, p => p.Values);
        Assert.Equal([0, 0, 1, 1, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5], places[VisionGraph.Rows]);
        Assert.Equal([0, 1, 0, 1, 2, 3, 2, 3, 4, 5, 4, 5, 4, 5, 4, 5], places[VisionGraph.Columns]);
    }

    [Theory]
    [InlineData(VisionGraph.Rows, 0, 1, 0, 1, 2, 3)]
    [InlineData(VisionGraph.Columns, 0, 1, 2, 3, 0, 1)]
    public void Of_TwoGrids_CountsTheRowsAndColumnsOfEachFromItsOwnBeginning(string axis, params int[] expected)
    {
        var cos = GridTables.Of(Config, [new PatchGrid(2, 4), new PatchGrid(4, 2)]).Lines.Single(l => l.Name == VisionGraph.CosOf(axis));
        // The first frequency is 1.
        Assert.Equal(expected.Select(line => MathF.Cos(line)), cos.Values.Chunk(cos.Width).Select(line => line[0]));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(148)]
    public void Weights_AnySide_SumToOne(int patches) =>
        Assert.All(PositionInterpolation.Weights(24, patches).Chunk(24), line => Assert.Equal(1, line.Sum(), tolerance: 1e-5));

    [Fact]
    public void Weights_AsManyPatchesAsCells_TakeEachItsOwnCell() =>
        Assert.All(PositionInterpolation.Weights(8, 8).Chunk(8).Index(), line => Assert.Equal(1, line.Item[line.Index], tolerance: 1e-5));

    private static VisionConfig ConfigOf()
    {
        using var checkpoint = Checkpoint.Open(TinyCheckpoint.Folder);
        return GlmConfig.Read(checkpoint).Vision;
    }
}
