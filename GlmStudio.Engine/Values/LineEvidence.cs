using GlmStudio.Engine.Transcription;

namespace GlmStudio.Engine.Values;

/// <summary>How sure the reader was of the lines at a place.</summary>
internal static class LineEvidence
{
    // A neighbouring line's box reaches a little into the place; the line itself covers most of the smaller of the two.
    private const double Covered = 0.5;

    /// <summary>The lowest score of the lines that the box takes in, 0 … 1; null where it takes in none.</summary>
    public static double? Score(Transcript page, PageBox box)
    {
        var scores = page.Lines.Where(l => Overlap(l.Box, box) >= Covered * Math.Min(l.Box.Width * l.Box.Height, box.Width * box.Height)).Select(l => l.Score).ToList();
        return scores.Count == 0 ? null : scores.Min();
    }

    private static double Overlap(PageBox a, PageBox b) =>
        Math.Max(0, Math.Min(a.X + a.Width, b.X + b.Width) - Math.Max(a.X, b.X)) * Math.Max(0, Math.Min(a.Y + a.Height, b.Y + b.Height) - Math.Max(a.Y, b.Y));
}
