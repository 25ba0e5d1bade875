using GlmStudio.Web.Features.Datasets.Labels;

namespace GlmStudio.Tests.Web.Features.Datasets;

public sealed class ImageMatcherTests
{
    private static readonly ImageMatcher Matcher = new(
    [
        new(1, "march/a.jpg", 0), new(2, "april/a.jpg", 0), new(3, "march/Receipt 7.JPG", 0), new(4, "scan.pdf", 0), new(5, "scan.pdf", 1),
        new(6, "2024.01.05", 0), new(7, "v1.2.png", 0),
    ]);

    [Theory]
    [InlineData("march/a.jpg", 1)]
    [InlineData("APRIL/A.JPG", 2)]
    [InlineData("march\\a", 1)]
    [InlineData("C:\\scans\\april\\a.jpg", 2)]
    [InlineData("receipt 7.jpg", 3)]
    [InlineData(" receipt 7 ", 3)]
    [InlineData("scan.pdf", 4)]
    [InlineData("scan.pdf#2", 5)]
    [InlineData("scan · 2", 5)]
    [InlineData("scan p2", 5)]
    [InlineData("2024.01.05", 6)]
    [InlineData("v1.2", 7)]
    public void Find_OneFits_ReturnsIt(string text, long expected) => Assert.Equal(expected, Assert.Single(Matcher.Find(text)).Id);

    [Theory]
    [InlineData("a.jpg", 2)]
    [InlineData("may/a.jpg", 0)]
    [InlineData("scan.pdf#3", 0)]
    [InlineData("b.jpg", 0)]
    [InlineData("", 0)]
    public void Find_NoneOrSeveralFit_ReturnsThemAll(string text, int expected) => Assert.Equal(expected, Matcher.Find(text).Count);
}
