using GlmStudio.Engine;
using GlmStudio.Engine.Transcription;

namespace GlmStudio.Tests.Engine.Transcription;

public sealed class TranscriptTests
{
    private static readonly PageBox Wide = new(0.1, 0.2, 0.5, 0.05);

    [Theory]
    [InlineData(0, 0.1, 0.2, 0.5, 0.05, 40, 30)]
    [InlineData(90, 0.2, 0.4, 0.05, 0.5, 30, 40)]
    [InlineData(180, 0.4, 0.75, 0.5, 0.05, 40, 30)]
    [InlineData(-90, 0.75, 0.1, 0.05, 0.5, 30, 40)]
    public void Upright_PageTurnedByQuarters_IsTurnedBack(double angle, double x, double y, double width, double height, int pageWidth, int pageHeight)
    {
        var turned = new Transcript(40, 30, [Line(angle, Wide), Line(angle, Wide), Line(17, Wide) with { Text = "x" }]);
        var upright = turned.Upright();
        var box = upright.Lines[0].Box;
        Assert.Equal((x, y, width, height), (Math.Round(box.X, 9), Math.Round(box.Y, 9), Math.Round(box.Width, 9), Math.Round(box.Height, 9)));
        Assert.Equal((pageWidth, pageHeight, 0), (upright.Width, upright.Height, Math.Round(upright.Lines[0].Angle)));
    }

    [Fact]
    public void Upright_PageWithoutText_StaysAsItIs() => Assert.Empty(new Transcript(40, 30, []).Upright().Lines);

    private static TranscriptLine Line(double angle, PageBox box) => new() { Text = "TOTAL", Box = box, Score = 1, Row = 0, Angle = angle };
}
