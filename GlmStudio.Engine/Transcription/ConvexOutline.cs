namespace GlmStudio.Engine.Transcription;

/// <summary>The convex hull of a set of points, and the rectangles around it.</summary>
internal sealed class ConvexOutline
{
    private readonly (int X, int Y)[] _corners;

    private ConvexOutline((int X, int Y)[] corners) => _corners = corners;

    public IReadOnlyList<(int X, int Y)> Corners => _corners;

    /// <summary>Andrew's monotone chain, O(n log n). Sorts <paramref name="points"/>, of which there is at least one.</summary>
    public static ConvexOutline Around(List<(int X, int Y)> points)
    {
        points.Sort();
        var hull = new (int X, int Y)[points.Count * 2];
        var count = 0;
        for (var i = 0; i < points.Count; i++) count = Append(hull, count, points[i], 2);
        var lower = count + 1;
        for (var i = points.Count - 2; i >= 0; i--) count = Append(hull, count, points[i], lower);
        return new ConvexOutline(hull[..Math.Max(1, count - 1)]);
    }

    /// <summary>The smallest rectangle (by area) around the outline. One side lies on an edge of the hull (Freeman and Shapira, 1975).
    /// Its angle is within an eighth turn of <paramref name="direction"/> (radians), so that Length runs along the text.</summary>
    public TextRegion SmallestRectangle(double direction = 0)
    {
        var best = RectangleAt(direction);
        for (var i = 0; i < _corners.Length; i++)
        {
            var (a, b) = (_corners[i], _corners[(i + 1) % _corners.Length]);
            if (a == b) continue;
            var turned = Math.Atan2(b.Y - a.Y, b.X - a.X) - direction;
            var angle = direction + turned - Math.Round(turned / (Math.PI / 2)) * (Math.PI / 2);
            var candidate = RectangleAt(angle);
            if (candidate.Length * candidate.Height < best.Length * best.Height - 1e-6) best = candidate;
        }
        return best;
    }

    /// <summary>The rectangle around the outline whose length runs at <paramref name="angle"/> (radians).</summary>
    public TextRegion RectangleAt(double angle)
    {
        var (sin, cos) = Math.SinCos(angle);
        double minAlong = double.MaxValue, maxAlong = double.MinValue, minAcross = double.MaxValue, maxAcross = double.MinValue;
        foreach (var (x, y) in _corners)
        {
            double along = x * cos + y * sin, across = y * cos - x * sin;
            (minAlong, maxAlong) = (Math.Min(minAlong, along), Math.Max(maxAlong, along));
            (minAcross, maxAcross) = (Math.Min(minAcross, across), Math.Max(maxAcross, across));
        }
        double a = (minAlong + maxAlong) / 2, b = (minAcross + maxAcross) / 2;
        return new TextRegion(a * cos - b * sin, a * sin + b * cos, maxAlong - minAlong, maxAcross - minAcross, angle);
    }

    private static int Append((int X, int Y)[] hull, int count, (int X, int Y) point, int keep)
    {
        while (count >= keep && Cross(hull[count - 2], hull[count - 1], point) <= 0) count--;
        hull[count] = point;
        return count + 1;
    }

    private static long Cross((int X, int Y) o, (int X, int Y) a, (int X, int Y) b) =>
        (long)(a.X - o.X) * (b.Y - o.Y) - (long)(a.Y - o.Y) * (b.X - o.X);
}
