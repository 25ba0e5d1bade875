using GlmStudio.Engine.Model;
using GlmStudio.Engine.Sessions;
using GlmStudio.Tests.Parity;

namespace GlmStudio.Tests.Engine.Sessions;

public sealed class RotaryTableTests
{
    private const int Image = 7;
    private static readonly int[] Ids = [1, 2, Image, Image, Image, Image, Image, Image, 3, 4];

    [Fact]
    public void Of_BehindThePrompt_TurnsByThePlace()
    {
        var (table, sequence, _) = Make();
        sequence.Ids.AddRange([5, 6]);
        var (cos, sin) = table.Of(sequence, Ids.Length + 2);
        Assert.Equal(table.Places.Cos[(Ids.Length * table.Width)..((Ids.Length + 2) * table.Width)], cos[(Ids.Length * table.Width)..]);
        Assert.Equal(table.Places.Sin[(Ids.Length * table.Width)..((Ids.Length + 2) * table.Width)], sin[(Ids.Length * table.Width)..]);
    }

    // The picture's six features take three positions: all of the prompt is moved by the three that are left, the last token to its place.
    [Fact]
    public void Of_PromptWithAPicture_MovesEveryAxisByTheSame()
    {
        var (table, sequence, positions) = Make();
        Assert.Equal(-3, positions.Delta);
        Assert.Equal((Ids.Length - 1, Ids.Length - 1, Ids.Length - 1), sequence.Position(Ids.Length - 1));
        Assert.Equal((positions.Time[4] + 3, positions.Height[4] + 3, positions.Width[4] + 3), sequence.Position(4));
        var last = (Ids.Length - 1) * table.Width;
        Assert.Equal(table.Places.Cos[last..(last + table.Width)], table.Of(sequence, Ids.Length).Cos[last..]);
    }

    [Fact]
    public void Of_AskedAgainForLess_GivesTheSameArrays()
    {
        var (table, sequence, _) = Make();
        var first = table.Of(sequence, 4);
        Assert.Same(first.Cos, table.Of(sequence, Ids.Length).Cos);
    }

    [Fact]
    public void Of_AskedAgainForMore_GivesTheRowsOfOneTable()
    {
        var ((table, grown, _), (_, whole, _)) = (Make(), Make());
        table.Of(grown, 2);
        var (cos, sin) = table.Of(grown, Ids.Length + 3);
        var (all, allSines) = table.Of(whole, Ids.Length + 3);
        Assert.Equal(all, cos);
        Assert.Equal(allSines, sin);
    }

    private static (RotaryTable Table, SequenceTensors Sequence, TokenPositions Positions) Make()
    {
        using var checkpoint = GlmStudio.Engine.Checkpoints.Checkpoint.Open(ReferenceModel.Open("glm4v-11").CheckpointFolder);
        var positions = TokenPositions.Of(Ids, Image, [new FeatureGrid(2, 3)]);
        return (new RotaryTable(GlmConfig.Read(checkpoint).Text, 32), new SequenceTensors(Ids, positions, Image, []), positions);
    }
}
