using GlmStudio.Web.Domain.Confidence;

namespace GlmStudio.Tests.Web.Domain.Confidence;

public sealed class SharedSlopeFitTests
{
    [Fact]
    public void Spread_TwoMirroredFields_IsTheOneWorkedOutByHand()
    {
        // The fields of SharedSlopeTests: the optimum has the offsets ±ln 2, so each of a field's ten cells weighs 2/3 · 1/3. All scores are ½: x = 0, and the slope adds no doubt.
        const double weight = 20.0 / 9;
        var variance = 1.2 * Math.Log(2);
        var offset = weight + (1 / variance);
        // What is left of both fields' weight for the intercept once the offsets are eliminated.
        var intercept = 2 * (weight - (weight * weight / offset));
        var byHand = Math.Pow(Math.Log(2), 2) + (1 / offset) + (Math.Pow(weight / offset, 2) / intercept);
        Assert.Equal(1.0423, byHand, 4);
        Assert.Equal(byHand, SharedSlopeFit.Of([Field("a", 8, 2), Field("b", 2, 8)], variance).Spread(variance), 5);
    }

    /// <summary>Ten cells a field; 10 right and 10 wrong in all make Platt's targets 11/12 and 1/12.</summary>
    private static FieldPoints Field(string key, int right, int wrong) =>
        new(key, new double[right + wrong], [.. Enumerable.Repeat(11.0 / 12, right), .. Enumerable.Repeat(1.0 / 12, wrong)]);
}
