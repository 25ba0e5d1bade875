namespace GlmStudio.Engine.Transcription;

/// <summary>Where a line of text stands: a rectangle turned about its centre, in pixels of a page.</summary>
/// <param name="X">Centre.</param>
/// <param name="Y">Centre, downwards.</param>
/// <param name="Length">Extent along <paramref name="Angle"/>.</param>
/// <param name="Height">Extent across it.</param>
/// <param name="Angle">Reading direction in radians, clockwise from left-to-right.</param>
internal readonly record struct TextRegion(double X, double Y, double Length, double Height, double Angle)
{
    /// <summary>Mean text probability inside the region, 0 … 1.</summary>
    public double Score { get; init; }

    public bool IsTall => Height > 1.5 * Length;

    /// <summary>The same rectangle read the other way round.</summary>
    public TextRegion Reversed => this with { Angle = Angle > 0 ? Angle - Math.PI : Angle + Math.PI };

    /// <summary>The same rectangle read a quarter turn clockwise of now: a tall one becomes long.</summary>
    public TextRegion Quartered => this with { Length = Height, Height = Length, Angle = Angle + Math.PI / 2 };

    public TextRegion Scaled(double factor) => this with { X = X * factor, Y = Y * factor, Length = Length * factor, Height = Height * factor };

    /// <summary>The detector is trained to mark the core of a line; this restores the whole.
    /// Differentiable Binarization (Liao 2020, eq. 10): every side moves out by area · ratio / perimeter.</summary>
    public TextRegion Unclipped(double ratio)
    {
        var distance = Length * Height * ratio / (2 * (Length + Height));
        return this with { Length = Length + 2 * distance, Height = Height + 2 * distance };
    }

    /// <summary>The point at <paramref name="along"/> and <paramref name="across"/>, each -½ … ½ of the rectangle.</summary>
    public (double X, double Y) At(double along, double across)
    {
        var (sin, cos) = Math.SinCos(Angle);
        double a = along * Length, b = across * Height;
        return (X + a * cos - b * sin, Y + a * sin + b * cos);
    }

    /// <summary>The upright box around the part of the line from <paramref name="from"/> to <paramref name="to"/> (-½ … ½),
    /// in fractions of a page of this size, cut at its edges.</summary>
    public PageBox BoxOn(int width, int height, double from = -0.5, double to = 0.5)
    {
        double left = double.MaxValue, top = double.MaxValue, right = double.MinValue, bottom = double.MinValue;
        foreach (var (along, across) in (ReadOnlySpan<(double, double)>)[(from, -0.5), (to, -0.5), (to, 0.5), (from, 0.5)])
        {
            var (x, y) = At(along, across);
            (left, right) = (Math.Min(left, x), Math.Max(right, x));
            (top, bottom) = (Math.Min(top, y), Math.Max(bottom, y));
        }
        left = Math.Clamp(left / width, 0, 1);
        top = Math.Clamp(top / height, 0, 1);
        return new PageBox(left, top, Math.Clamp(right / width, 0, 1) - left, Math.Clamp(bottom / height, 0, 1) - top);
    }
}
