using GlmStudio.Engine;
using GlmStudio.Engine.Transcription;

namespace GlmStudio.Tests.Engine.Transcription;

public sealed class TranscriptLineTests
{
    private static readonly TranscriptLine Even = new() { Text = "TOTAL", Box = new PageBox(0.1, 0.2, 0.5, 0.05), Score = 1, Row = 0 };

    [Fact]
    public void BoxOf_PositionsUnknown_DividesTheLineEvenly()
    {
        var box = Even.BoxOf(1, 2);

        Assert.Equal(0.2, box.X, 9);
        Assert.Equal(0.2, box.Width, 9);
    }

    [Fact]
    public void BoxOf_PositionsKnown_IsTheBoxAroundTheCharacters()
    {
        var line = Even with { Text = "ab", CharacterBoxes = [new(0.1, 0.2, 0.1, 0.1), new(0.3, 0.25, 0.1, 0.1)] };

        var box = line.BoxOf(0, 2);

        Assert.Equal(0.3, box.Width, 9);
        Assert.Equal(0.15, box.Height, 9);
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0, 0)]
    [InlineData(4, 2)]
    public void BoxOf_RunOutsideTheText_IsRefused(int start, int length) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Even.BoxOf(start, length));

    [Fact]
    public void ToText_RowsAndCells_KeepsRowsOnLines()
    {
        var transcript = new Transcript(10, 10, [Even with { Text = "茶" }, Even with { Text = "9.00" }, Even with { Text = "合计", Row = 1 }]);

        Assert.Equal("茶  9.00\n合计", transcript.ToText());
    }
}
