using GlmStudio.Engine.Checkpoints;
using GlmStudio.Engine.Model;
using GlmStudio.Tests.Support;

namespace GlmStudio.Tests.Engine.Model;

public sealed class GridTablesTests
{
    private static readonly VisionConfig Config = ConfigOf();

    [Fact]
    public void Of_TwoGrids_TellsEveryPatchItsLines()
    {
        // Lines: rows 0–1 and columns 2–5 of the first grid, rows 6–9 and columns 10–11 of the second.
        var places = GridTables.Of(Config, [new PatchGrid(2, 4), new PatchGrid(4, 2)]).Places.ToDictionary(p => p.Name, p => p.Values);
        Assert.Equal([0, 0, 1, 1, 0, 0, 1, 1, 6, 6, 7, 7, 8, 8, 9, 9], places[VisionGraph.Rows]);
        Assert.Equal([2, 3, 2, 3, 4, 5, 4, 5, 10, 11, 10, 11, 10, 11, 10, 11], places[VisionGraph.Columns]);
    }

    [Fact]
    public void Of_TwoGrids_CountsTheLinesOfEachFromItsOwnBeginning()
    {
        var cos = GridTables.Of(Config, [new PatchGrid(2, 4), new PatchGrid(4, 2)]).Lines.Single(l => l.Name == VisionGraph.Cos);
        // The first frequency is 1.
        Assert.Equal(new[] { 0, 1, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1 }.Select(line => MathF.Cos(line)), cos.Values.Chunk(cos.Width).Select(line => line[0]));
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
