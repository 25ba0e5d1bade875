namespace GlmStudio.Engine.Transcription;

/// <summary>A line's upright extent once the page's slant is taken out, in pixels.</summary>
/// <param name="Index">Its number among the page's lines.</param>
/// <param name="Left">Left edge.</param>
/// <param name="Right">Right edge.</param>
/// <param name="Top">Top edge.</param>
/// <param name="Bottom">Bottom edge.</param>
internal readonly record struct PlacedLine(int Index, double Left, double Right, double Top, double Bottom)
{
    public double Width => Right - Left;

    public double Height => Bottom - Top;

    /// <summary>Height of its middle on the page.</summary>
    public double Middle => (Top + Bottom) / 2;

    /// <summary>Its middle from the left.</summary>
    public double Centre => (Left + Right) / 2;

    /// <summary>Whether it stands on both sides of an upright edge, by more than a letter.</summary>
    public bool Crosses(double edge) => Left < edge - Height / 2 && Right > edge + Height / 2;

    /// <summary>Takes a slant (radians) out of a region.</summary>
    public static PlacedLine Of(TextRegion region, int index, double slant)
    {
        var (sin, cos) = Math.SinCos(-slant);
        double x = region.X * cos - region.Y * sin, y = region.X * sin + region.Y * cos;
        var (turnSin, turnCos) = Math.SinCos(region.Angle - slant);
        var reachX = (Math.Abs(turnCos) * region.Length + Math.Abs(turnSin) * region.Height) / 2;
        var reachY = (Math.Abs(turnSin) * region.Length + Math.Abs(turnCos) * region.Height) / 2;
        return new PlacedLine(index, x - reachX, x + reachX, y - reachY, y + reachY);
    }
}
