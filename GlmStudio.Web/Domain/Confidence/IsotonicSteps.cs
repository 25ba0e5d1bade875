namespace GlmStudio.Web.Domain.Confidence;

/// <summary>The rising staircase with the least squared distance to points (pool adjacent violators; Ayer and others 1955).</summary>
public static class IsotonicSteps
{
    /// <summary>One step: from the first to the last x it covers, at the mean of their y.</summary>
    public readonly record struct Step(double From, double To, double Value, int Count);

    /// <summary>Fits the steps; points with the same x are one point. Values rise strictly from step to step.</summary>
    public static IReadOnlyList<Step> Fit(IReadOnlyList<(double X, double Y)> points)
    {
        var steps = new List<Step>();
        foreach (var same in points.GroupBy(p => p.X).OrderBy(g => g.Key))
        {
            var step = new Step(same.Key, same.Key, same.Average(p => p.Y), same.Count());
            while (steps.Count > 0 && steps[^1].Value >= step.Value)
            {
                step = Pool(steps[^1], step);
                steps.RemoveAt(steps.Count - 1);
            }
            steps.Add(step);
        }
        return steps;
    }

    private static Step Pool(Step a, Step b) => new(a.From, b.To, ((a.Value * a.Count) + (b.Value * b.Count)) / (a.Count + b.Count), a.Count + b.Count);
}
