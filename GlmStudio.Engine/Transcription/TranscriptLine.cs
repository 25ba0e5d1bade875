namespace GlmStudio.Engine.Transcription;

/// <summary>One straight run of text.</summary>
public sealed record TranscriptLine
{
    /// <summary>The characters, without surrounding spaces; never empty.</summary>
    public required string Text { get; init; }

    /// <summary>The upright rectangle around the line, in fractions of the page as it was given to the reader (whichever way that was turned).</summary>
    public required PageBox Box { get; init; }

    /// <summary>Mean probability of the characters, 0 … 1.</summary>
    public required double Score { get; init; }

    /// <summary>Number of the visual row, from 0 at the top. Lines beside each other, such as the cells of a table's row, share it.</summary>
    public required int Row { get; init; }

    /// <summary>Reading direction in degrees clockwise, -180 … 180: 0 is left to right, 90 is top to bottom.</summary>
    public double Angle { get; init; }

    /// <summary>The box of each UTF-16 unit of <see cref="Text"/>; empty where positions are unknown.</summary>
    public IReadOnlyList<PageBox> CharacterBoxes { get; init; } = [];

    /// <summary>The box around a run of characters of <see cref="Text"/>. Without known positions the line is divided evenly.</summary>
    /// <param name="start">First UTF-16 unit, from 0.</param>
    /// <param name="length">Number of UTF-16 units, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The run is empty or leaves the text.</exception>
    public PageBox BoxOf(int start, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start + length, Text.Length);
        if (CharacterBoxes.Count != Text.Length)
            return Box with { X = Box.X + Box.Width * start / Text.Length, Width = Box.Width * length / Text.Length };
        var box = CharacterBoxes[start];
        for (var i = start + 1; i < start + length; i++) box = Around(box, CharacterBoxes[i]);
        return box;
    }

    private static PageBox Around(PageBox a, PageBox b)
    {
        double left = Math.Min(a.X, b.X), top = Math.Min(a.Y, b.Y);
        return new PageBox(left, top, Math.Max(a.X + a.Width, b.X + b.Width) - left, Math.Max(a.Y + a.Height, b.Y + b.Height) - top);
    }
}
