using GlmStudio.Engine.Transcription;
using GlmStudio.Engine.Values;

namespace GlmStudio.Tests.Engine.Values;

public sealed class ValueLocatorTests
{
    private static readonly Transcript Page = PageLayout.Of("""
        HARBOUR STREET CAFÉ
        41 Harbour Street,      Table 7
        Portland, ME 04101
        日期：2026年1月19日
        合计            ￥1,083.50
        """);

    [Theory]
    [InlineData("Harbour Street Café", 0)]
    [InlineData("41 Harbour Street", 1)]
    [InlineData("Table 7", 1)]
    [InlineData("2026-01-19", 3)]
    [InlineData("1083.5", 4)]
    [InlineData("合计", 4)]
    [InlineData("Harb0ur Stret Cafe", 0)]
    public void Locate_AValueOfThePage_GivesItsRow(string value, int row)
    {
        var found = ValueLocator.Locate(Page, value);
        Assert.NotNull(found);
        var line = Page.Lines.First(l => l.Row == row).Box;
        Assert.InRange(found.Box.Y + found.Box.Height / 2, line.Y, line.Y + line.Height);
    }

    [Fact]
    public void Locate_AValueOverTwoLines_GivesTheBoxAroundBoth()
    {
        var page = PageLayout.Of("9 Kingsway Parade,\nLondon WC2B 6XF\nTel 12");
        var found = ValueLocator.Locate(page, "9 Kingsway Parade, London WC2B 6XF");
        Assert.NotNull(found);
        Assert.Equal(page.Lines[0].Box.Y, found.Box.Y, 6);
        Assert.Equal(page.Lines[1].Box.Y + page.Lines[1].Box.Height, found.Box.Y + found.Box.Height, 6);
    }

    [Theory]
    [InlineData("Blue Heron Grocers")]
    [InlineData("")]
    [InlineData("：")]
    [InlineData("2026-01-20")]
    [InlineData("083.50")]
    public void Locate_AnotherValue_FindsNothing(string value) => Assert.Null(ValueLocator.Locate(Page, value));

    [Fact]
    public void Locate_OnAnEmptyPage_FindsNothing() => Assert.Null(ValueLocator.Locate(new Transcript(5, 5, []), "x"));
}
