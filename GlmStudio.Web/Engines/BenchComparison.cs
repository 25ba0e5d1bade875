using System.Globalization;
using System.Text.Json;

namespace GlmStudio.Web.Engines;

/// <summary>Figures of a bench beside those of an earlier one.</summary>
internal static class BenchComparison
{
    /// <summary>A line for every number that both have, runs with as many requests at a time beside each other.</summary>
    /// <param name="now">One run's figures, or a list of them.</param>
    /// <param name="before">The same of another time.</param>
    public static IEnumerable<string> Lines(JsonElement now, JsonElement before)
    {
        foreach (var run in Runs(now))
        {
            var earlier = Runs(before).FirstOrDefault(b => Concurrency(b) == Concurrency(run));
            if (earlier.ValueKind != JsonValueKind.Object) continue;
            foreach (var figure in run.EnumerateObject().Where(f => f.Value.ValueKind == JsonValueKind.Number))
                if (earlier.TryGetProperty(figure.Name, out var old) && old.ValueKind == JsonValueKind.Number) yield return Line(Concurrency(run), figure.Name, figure.Value.GetDouble(), old.GetDouble());
        }
    }

    private static string Line(int concurrency, string name, double now, double before) => string.Create(CultureInfo.InvariantCulture,
        $"{concurrency,3} at a time  {name,-24} {now,12:0.##} before {before,12:0.##}{(before == 0 ? "" : $"  × {now / before:0.00}")}");

    private static int Concurrency(JsonElement run) =>
        run.TryGetProperty("plan", out var plan) && plan.TryGetProperty("concurrency", out var number) && number.TryGetInt32(out var count) ? count : 0;

    private static IEnumerable<JsonElement> Runs(JsonElement figures) =>
        (figures.ValueKind == JsonValueKind.Array ? figures.EnumerateArray().ToList() : [figures]).Where(r => r.ValueKind == JsonValueKind.Object);
}
