using GlmStudio.Engine.Transcription;

namespace GlmStudio.Tests.Engine.Transcription;

public sealed class InkBlobsTests
{
    [Fact]
    public void Find_EmptyMap_FindsNothing() => Assert.Empty(Find(["....", "...."]));

    [Fact]
    public void Find_TwoAreas_OutlinesBoth()
    {
        var blobs = Find(["##..", "....", "..##"]);

        Assert.Equal(2, blobs.Count);
        Assert.Equal([(0, 0), (2, 0), (2, 1), (0, 1)], blobs[0].Corners);
        Assert.Equal([(2, 2), (4, 2), (4, 3), (2, 3)], blobs[1].Corners);
    }

    [Fact]
    public void Find_PixelsTouchingAtCorners_AreOneArea() => Assert.Single(Find(["#...", ".#..", "..#."]));

    [Fact]
    public void Find_PixelsOneApart_AreTwoAreas() => Assert.Equal(2, Find(["#.#."]).Count);

    [Fact]
    public void Find_BranchesThatMeetBelow_AreOneArea() => Assert.Single(Find(["#.#.#", "#.#.#", "#####"]));

    [Fact]
    public void Find_AreaBelowTheLeastSize_IsLeftOut() => Assert.Single(Find(["#....", "...##"], minPixels: 2));

    [Fact]
    public void Find_ValueAtTheThreshold_IsOutside() => Assert.Empty(InkBlobs.Find([0.3f], 1, 1, 0.3f, 1));

    private static List<ConvexOutline> Find(string[] rows, int minPixels = 1) =>
        InkBlobs.Find([.. string.Concat(rows).Select(c => c == '#' ? 1f : 0f)], rows[0].Length, rows.Length, 0.5f, minPixels);
}
