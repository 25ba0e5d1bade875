using GlmStudio.Engine.Transcription;

namespace GlmStudio.Engine;

/// <summary>Lines that stand below each other though others come between them in reading order: an address in the left of two columns, a label's value in the row below.</summary>
internal static class StackedLines
{
    private const double LeastOverlap = 0.5;
    private const double MostGap = 1.5;

    /// <summary>The texts of every such stack from top to bottom, one stack after the other; stacks that reading order keeps together are left out.</summary>
    public static IEnumerable<string> Of(Transcript page)
    {
        var below = Enumerable.Range(0, page.Lines.Count).Select(i => Below(page.Lines, i)).ToArray();
        var tops = Enumerable.Range(0, below.Length).Except(below.OfType<int>());
        return tops.Select(top => Stack(below, top)).Where(stack => !IsTogether(stack)).SelectMany(stack => stack).Select(i => page.Lines[i].Text);
    }

    private static List<int> Stack(int?[] below, int top)
    {
        List<int> stack = [top];
        while (below[stack[^1]] is { } next) stack.Add(next);
        return stack;
    }

    private static bool IsTogether(List<int> stack) => stack.Zip(stack.Skip(1)).All(pair => pair.Second == pair.First + 1);

    /// <summary>The nearest line below that shares most of the narrower one's width, at most a line and a half away. Always a later row, so stacks end.</summary>
    private static int? Below(IReadOnlyList<TranscriptLine> lines, int at)
    {
        var (upper, found) = (lines[at], (int?)null);
        for (var i = at + 1; i < lines.Count; i++)
        {
            var lower = lines[i];
            var gap = lower.Box.Y - (upper.Box.Y + upper.Box.Height);
            if (lower.Row > upper.Row && gap < MostGap * upper.Box.Height && Overlap(upper.Box, lower.Box) >= LeastOverlap && (found is not { } best || lower.Box.Y < lines[best].Box.Y)) found = i;
        }
        return found;
    }

    private static double Overlap(PageBox a, PageBox b) => (Math.Min(a.X + a.Width, b.X + b.Width) - Math.Max(a.X, b.X)) / Math.Min(a.Width, b.Width);
}
