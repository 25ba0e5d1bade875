using GlmStudio.Web.Domain.Confidence;

namespace GlmStudio.Tests.Web.Domain.Confidence;

public sealed class SharedSlopeTests
{
    [Fact]
    public void Fit_TwoMirroredFields_HaveTheOffsetsWorkedOutByHand()
    {
        // Ten cells a field, all with the score ½: the slope says nothing, the mirror makes the common intercept 0. Of "a" 8 are right; Platt's targets are 11/12 and
        // 1/12, their mean 0.75. At the optimum offset ÷ variance = 10 · (0.75 − σ(offset)); with ln 2, σ = 2/3, that is 5/6.
        var curves = SharedSlope.Fit([.. Cells("a", 8, 2), .. Cells("b", 2, 8)], variance: 1.2 * Math.Log(2));
        Assert.Equal([Math.Log(2), -Math.Log(2)], new[] { curves.Offsets["a"], curves.Offsets["b"] }, (x, y) => Math.Abs(x - y) < 1e-6);
        Assert.Equal(0, curves.Intercept, 6);
    }

    [Fact]
    public void InterceptOf_FieldWithoutCells_IsTheCommonOne()
    {
        var curves = SharedSlope.Fit([.. Cells("a", 8, 2), .. Cells("b", 2, 8)]);
        Assert.Equal(curves.Intercept, curves.InterceptOf("c"));
    }

    [Fact]
    public void Fit_OneWrongCellAgainstMany_MovesLess()
    {
        var curves = SharedSlope.Fit([.. Cells("few", 0, 1), .. Cells("many", 0, 40), .. Cells("good", 60, 2)], variance: 1);
        Assert.InRange(curves.Offsets["few"], curves.Offsets["many"], 0);
        Assert.True(curves.Offsets["few"] > curves.Offsets["many"] / 2);
    }

    [Fact]
    public void Fit_FieldsAlike_LieAsCloseAsMayBe() =>
        Assert.All(SharedSlope.Fit([.. Cells("a", 40, 10), .. Cells("b", 40, 10), .. Cells("c", 40, 10)]).Offsets.Values, o => Assert.Equal(0, o, 6));

    [Fact]
    public void Fit_FieldsApart_FindsHowFar()
    {
        // Shares right of 0.9, 0.5 and 0.1: log-odds 2.2, 0 and −2.2.
        var curves = SharedSlope.Fit([.. Cells("a", 900, 100), .. Cells("b", 500, 500), .. Cells("c", 100, 900)]);
        Assert.InRange(curves.Variance, 2.5, 5);
        Assert.InRange(curves.Offsets["a"], 2, 2.3);
    }

    [Fact]
    public void Fit_ScoresAndFieldsThatSeparate_StayFinite()
    {
        var curves = SharedSlope.Fit([.. Cells("a", 30, 0, 0.9), .. Cells("b", 0, 30, 0.1)]);
        Assert.InRange(curves.Slope, 0.1, 10);
        Assert.All(curves.Offsets.Values, o => Assert.InRange(o, -5, 5));
    }

    [Fact]
    public void Fit_FallingScores_BecomeFlatAndKeepTheFieldsApart()
    {
        var curves = SharedSlope.Fit([.. Cells("a", 40, 0, 0.3), .. Cells("a", 0, 10, 0.8), .. Cells("b", 10, 0, 0.3), .. Cells("b", 0, 40, 0.8)]);
        Assert.Equal(0, curves.Slope);
        Assert.True(curves.Offsets["a"] > 0.5);
    }

    private static IEnumerable<JudgedCell> Cells(string field, int right, int wrong, double score = 0.5) =>
        Enumerable.Range(0, right + wrong).Select(i => new JudgedCell(field, $"{i:x8}", score, i < right));
}
