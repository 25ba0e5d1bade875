using GlmStudio.Engine;
using GlmStudio.Engine.Model;

namespace GlmStudio.Tests.Engine.Model;

public sealed class TokenPositionsTests
{
    private const int Image = 9;

    [Fact]
    public void Of_FeaturesLeftOut_KeepsAllOtherPositions()
    {
        var full = TokenPositions.Of([1, 2, .. Enumerable.Repeat(Image, 12), 3, 4, .. Enumerable.Repeat(Image, 4), 5], Image, [new FeatureGrid(3, 4), new FeatureGrid(2, 2)]);
        int[] kept = [0, 6, 11];

        var some = TokenPositions.Of([1, 2, Image, Image, Image, 3, 4, .. Enumerable.Repeat(Image, 4), 5], Image, [new FeatureGrid(3, 4) { Kept = kept }, new FeatureGrid(2, 2)]);

        int[] stay = [0, 1, .. kept.Select(k => 2 + k), .. Enumerable.Range(14, 7)];
        Assert.Equal(stay.Select(i => (full.Time[i], full.Height[i], full.Width[i])), some.Time.Zip(some.Height, some.Width));
        // The next token of either stands at the same position.
        Assert.Equal(full.Time.Length + full.Delta, some.Time.Length + some.Delta);
    }

    [Fact]
    public void Of_PlaceholdersOfFeaturesLeftOut_AreRefused() => Assert.Contains("12 placeholders", Assert.Throws<EngineException>(() =>
        TokenPositions.Of([.. Enumerable.Repeat(Image, 12)], Image, [new FeatureGrid(3, 4) { Kept = [5] }])).Message, StringComparison.Ordinal);

    [Fact]
    public void Take_FeaturesLeftOut_GivesTheRowsOfThoseThatStay()
    {
        float[] features = [0, 0.5f, 1, 1.5f, 2, 2.5f, 3, 3.5f];
        Assert.Equal([1, 1.5f, 3, 3.5f], (new FeatureGrid(2, 2) { Kept = [1, 3] }).Take(features));
        Assert.Same(features, new FeatureGrid(2, 2).Take(features));
    }
}
