using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;
using GlmStudio.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Web.Features.Monitoring;

/// <summary><c>GET /metrics</c> in the Prometheus text exposition format, version 0.0.4.</summary>
public sealed class MetricsEndpoint(IDbContextFactory<StudioDbContext> databases, DescribeSystem system, MeterReadings meters)
{
    public static async Task<IResult> HandleAsync(MetricsEndpoint metrics, CancellationToken cancellation) =>
        Results.Text(await metrics.WriteAsync(cancellation), "text/plain; version=0.0.4; charset=utf-8");

    /// <summary>Within double quotes a label escapes backslash, quote and line end.</summary>
    public static string Escape(string label) =>
        label.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private async Task<string> WriteAsync(CancellationToken cancellation)
    {
        var text = new StringBuilder();
        var report = system.Handle();
        Head(text, "glmstudio_uptime_seconds", "gauge", "Seconds since the program started.");
        Line(text, "glmstudio_uptime_seconds", "", report.Uptime.TotalSeconds);
        Head(text, "glmstudio_memory_bytes", "gauge", "Resident memory of the process.");
        Line(text, "glmstudio_memory_bytes", "", report.MemoryBytes);
        Head(text, "glmstudio_memory_peak_bytes", "gauge", "Highest resident memory since the start.");
        Line(text, "glmstudio_memory_peak_bytes", "", report.PeakMemoryBytes);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        Head(text, "glmstudio_rows", "gauge", "Rows of all batches by status.");
        foreach (var rows in await db.Rows.GroupBy(r => r.Status).Select(g => new { Status = g.Key, Count = g.Count() }).ToListAsync(cancellation))
            Line(text, "glmstudio_rows", $"status=\"{rows.Status}\"", rows.Count);
        foreach (var instrument in meters.Read().GroupBy(r => r.Instrument.Name)) Write(text, [.. instrument]);
        return text.ToString();
    }

    private static void Write(StringBuilder text, IReadOnlyList<(Instrument Instrument, string Labels, long Count, double Sum)> readings)
    {
        var instrument = readings[0].Instrument;
        var name = instrument.Name.Replace('.', '_');
        var isDistribution = instrument.GetType().GetGenericTypeDefinition() == typeof(Histogram<>);
        Head(text, isDistribution ? name : $"{name}_total", isDistribution ? "summary" : "counter", instrument.Description ?? name);
        foreach (var (_, labels, count, sum) in readings)
        {
            Line(text, isDistribution ? $"{name}_sum" : $"{name}_total", labels, sum);
            if (isDistribution) Line(text, $"{name}_count", labels, count);
        }
    }

    private static void Head(StringBuilder text, string name, string kind, string help) =>
        text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {kind}\n");

    private static void Line(StringBuilder text, string name, string labels, double value) =>
        text.Append(name).Append(labels is "" ? "" : $"{{{labels}}}").Append(CultureInfo.InvariantCulture, $" {value}\n");
}
