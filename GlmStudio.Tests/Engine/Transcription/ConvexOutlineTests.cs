using GlmStudio.Engine.Transcription;

namespace GlmStudio.Tests.Engine.Transcription;

public sealed class ConvexOutlineTests
{
    [Fact]
    public void Around_PointsInsideASquare_KeepsItsCornersOnly()
    {
        var outline = ConvexOutline.Around([(0, 0), (4, 0), (4, 4), (0, 4), (2, 2), (2, 0), (1, 3)]);

        Assert.Equal([(0, 0), (4, 0), (4, 4), (0, 4)], outline.Corners);
    }

    [Fact]
    public void SmallestRectangle_OnePoint_IsThatPointWithoutExtent()
    {
        var rectangle = ConvexOutline.Around([(3, 5), (3, 5)]).SmallestRectangle();

        Assert.Equal((3, 5, 0, 0), (rectangle.X, rectangle.Y, rectangle.Length, rectangle.Height));
    }

    [Fact]
    public void SmallestRectangle_PointsOnALine_HasNoHeight()
    {
        var rectangle = ConvexOutline.Around([(0, 0), (10, 10), (20, 20)]).SmallestRectangle();

        Assert.Equal(0, Math.Min(rectangle.Length, rectangle.Height), 6);
        Assert.Equal(20 * Math.Sqrt(2), Math.Max(rectangle.Length, rectangle.Height), 6);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(-20)]
    [InlineData(44)]
    public void SmallestRectangle_TurnedRectangle_FindsItsSidesAndAngle(double degrees)
    {
        var truth = new TextRegion(500, 400, 600, 80, degrees * Math.PI / 180);
        var points = new List<(int, int)>();
        foreach (var along in (double[])[-0.5, -0.2, 0.1, 0.5])
            foreach (var across in (double[])[-0.5, 0.5])
                points.Add(((int)Math.Round(truth.At(along, across).X), (int)Math.Round(truth.At(along, across).Y)));

        var found = ConvexOutline.Around(points).SmallestRectangle();

        Assert.Equal(truth.X, found.X, 2.0);
        Assert.Equal(truth.Y, found.Y, 2.0);
        Assert.Equal(truth.Length, found.Length, 3.0);
        Assert.Equal(truth.Height, found.Height, 3.0);
        Assert.Equal(truth.Angle, found.Angle, 0.01);
    }

    [Fact]
    public void SmallestRectangle_UprightBar_StaysTallInsteadOfTurning()
    {
        var bar = ConvexOutline.Around([(10, 0), (14, 0), (14, 90), (10, 90)]).SmallestRectangle();

        Assert.Equal((4, 90, 0), (bar.Length, bar.Height, bar.Angle));
        Assert.True(bar.IsTall);
    }

    [Fact]
    public void RectangleAt_GivenAngle_EnclosesThePoints()
    {
        var rectangle = ConvexOutline.Around([(0, 0), (10, 0), (10, 10), (0, 10)]).RectangleAt(Math.PI / 4);

        Assert.Equal(10 * Math.Sqrt(2), rectangle.Length, 6);
        Assert.Equal(10 * Math.Sqrt(2), rectangle.Height, 6);
        Assert.Equal(5, rectangle.X, 6);
    }
}
