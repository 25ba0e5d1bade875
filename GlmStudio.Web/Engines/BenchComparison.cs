using System.Globalization;
using System.Text.Json;

namespace GlmStudio.Web.Engines;

/// <summary>Figures of a bench beside those of an earlier one.</summary>
internal static class BenchComparison
{
    private const string Concurrency = "concurrency";
    private static readonly string[] PlanParts = ["width", "height", "new_tokens", Concurrency];

    /// <summary>A line for every number that both have, runs of the same plan beside each other: as many requests at a time, tokens of an answer and pixels of a picture, as far as both say it.</summary>
    /// <param name="now">One run's figures, or a list of them.</param>
    /// <param name="before">The same of another time.</param>
    public static IEnumerable<string> Lines(JsonElement now, JsonElement before)
    {
        var runs = Runs(now).ToList();
        // What is the same in all runs need not be said of each.
        string[] told = [.. PlanParts.Where(p => p == Concurrency || runs.Select(r => Part(r, p)).Distinct().Count() > 1)];
        foreach (var run in runs)
        {
            var earlier = Runs(before).FirstOrDefault(b => PlanParts.All(p => Part(b, p) is not { } part || Part(run, p) is not { } mine || part == mine));
            if (earlier.ValueKind != JsonValueKind.Object) continue;
            var plan = string.Join(' ', told.Select(p => $"{p} {Part(run, p)}"));
            foreach (var figure in run.EnumerateObject().Where(f => f.Value.ValueKind == JsonValueKind.Number))
                if (earlier.TryGetProperty(figure.Name, out var old) && old.ValueKind == JsonValueKind.Number) yield return Line(plan, figure.Name, figure.Value.GetDouble(), old.GetDouble());
        }
    }

    private static string Line(string plan, string name, double now, double before) => string.Create(CultureInfo.InvariantCulture,
        $"{plan}  {name,-24} {now,12:0.##} before {before,12:0.##}{(before == 0 ? "" : $"  × {now / before:0.00}")}");

    private static int? Part(JsonElement run, string name) =>
        run.TryGetProperty("plan", out var plan) && plan.TryGetProperty(name, out var number) && number.ValueKind == JsonValueKind.Number && number.TryGetInt32(out var value) ? value : null;

    private static IEnumerable<JsonElement> Runs(JsonElement figures) =>
        (figures.ValueKind == JsonValueKind.Array ? figures.EnumerateArray().ToList() : [figures]).Where(r => r.ValueKind == JsonValueKind.Object);
}
