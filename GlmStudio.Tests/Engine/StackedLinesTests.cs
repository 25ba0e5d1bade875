using GlmStudio.Engine;
using GlmStudio.Engine.Transcription;

namespace GlmStudio.Tests.Engine;

public sealed class StackedLinesTests
{
    [Fact]
    public void Of_TwoColumns_GivesEachColumnFromTopToBottom()
    {
        var page = Page((0, 0.05, 0.1, "Bill to"), (0, 0.55, 0.1, "Ship to"), (1, 0.05, 0.13, "12 High Street"), (1, 0.55, 0.13, "9 Low Road"), (2, 0.05, 0.16, "Leeds"), (2, 0.55, 0.16, "York"));
        Assert.Equal(["Bill to", "12 High Street", "Leeds", "Ship to", "9 Low Road", "York"], StackedLines.Of(page));
    }

    [Fact]
    public void Of_OneColumn_GivesNothing() =>
        Assert.Empty(StackedLines.Of(Page((0, 0.05, 0.1, "Shop"), (1, 0.05, 0.13, "12 High Street"), (2, 0.05, 0.16, "Leeds"))));

    [Fact]
    public void Of_LinesFarApart_AreNoStack() =>
        Assert.DoesNotContain("far below", StackedLines.Of(Page((0, 0.05, 0.1, "left"), (0, 0.55, 0.1, "right"), (1, 0.05, 0.13, "below"), (2, 0.55, 0.6, "far below"))).SkipLast(1));

    [Fact]
    public void Of_NoLines_GivesNothing() => Assert.Empty(StackedLines.Of(Page()));

    private static Transcript Page(params (int Row, double X, double Y, string Text)[] lines) =>
        new(1000, 1000, [.. lines.Select(l => new TranscriptLine { Text = l.Text, Row = l.Row, Score = 1, Box = new PageBox(l.X, l.Y, 0.3, 0.02) })]);
}
