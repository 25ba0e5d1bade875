using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Domain.Scores;
using Microsoft.Extensions.Localization;

namespace GlmStudio.Web.Features.Schedules.Messages;

/// <summary>A batch that has ended or waits for a person, as messages tell of it.</summary>
/// <param name="Schedule">The schedule that made it.</param>
/// <param name="Batch">With its dataset and its template version's template.</param>
/// <param name="Answered">Rows with an answer.</param>
/// <param name="Failed">Rows that failed.</param>
/// <param name="Asked">Rows that took the engine's time: those with an earlier row's answer say nothing about its pace.</param>
/// <param name="Errors">Why rows failed, and how many of each.</param>
/// <param name="Score">Against the batch's labels; null where it has none.</param>
/// <param name="Link">The batch's page.</param>
internal sealed record BatchReport(
    Schedule Schedule, Batch Batch, int Answered, int Failed, int Asked, IReadOnlyList<(string Error, int Rows)> Errors, BatchScore? Score, Uri Link)
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public bool IsTrouble => Batch.Status != BatchStatus.Finished || Failed > 0;

    private double? RowsPerSecond => Batch.ActiveSeconds > 0 && Asked > 0 ? Asked / Batch.ActiveSeconds : null;

    /// <summary>The text in the schedule's language.</summary>
    public string Text(IStringLocalizer texts)
    {
        var (culture, before) = (CultureInfo.GetCultureInfo(Schedule.Language), (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture));
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, culture);
        try
        {
            return string.Join('\n', Lines(texts));
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = before;
        }
    }

    /// <summary>The same for programs.</summary>
    public string Facts() => JsonSerializer.Serialize(new
    {
        @event = $"batch.{Batch.Status.ToString().ToLowerInvariant()}",
        schedule = new { id = Schedule.Id, name = Schedule.Name },
        batch = new
        {
            id = Batch.Id, name = Batch.Name, dataset = Batch.Dataset!.Name, template = Batch.TemplateVersion!.Template!.Name, version = Batch.TemplateVersion.Number, engine = Batch.Engine,
            rows = Batch.RowCount, answered = Answered, failed = Failed, seconds = Math.Round(Batch.ActiveSeconds, 3), rows_per_second = RowsPerSecond is { } pace ? Math.Round(pace, 3) : (double?)null,
            finished_at = Batch.FinishedAt, problem = Batch.Problem,
        },
        exact = Score is { HasLabels: true, Engine.Overall: var all } ? new { cells = all.Cells, exact = all.Exact, rate = all.ExactRate } : null,
        link = Link,
    }, Json);

    private IEnumerable<string> Lines(IStringLocalizer texts)
    {
        yield return texts[Headline, Batch.Name];
        if (Batch.Problem is { } problem) yield return texts[problem];
        yield return texts["Dataset {0}, template {1} v{2}, engine {3}", Batch.Dataset!.Name, Batch.TemplateVersion!.Template!.Name, Batch.TemplateVersion.Number, Batch.Engine];
        yield return texts["Rows: {0:N0}, answered: {1:N0}, failed: {2:N0}", Batch.RowCount, Answered, Failed];
        foreach (var line in Rates(texts)) yield return line;
        if (RowsPerSecond is { } pace) yield return texts["Took {0}, {1:0.##} rows a second", Length(TimeSpan.FromSeconds(Batch.ActiveSeconds)), pace];
        if (Batch.FinishedAt is { } end) yield return texts["Ended {0} ({1})", Local(end).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), Schedule.TimeZone];
        foreach (var (error, rows) in Errors) yield return $"{rows:N0} × {texts[error]}";
        yield return Link.AbsoluteUri;
    }

    private string Headline => Batch.Status switch
    {
        BatchStatus.Finished when Failed == 0 => "{0}: finished",
        BatchStatus.Finished => "{0}: finished, with failed rows",
        BatchStatus.Cancelled => "{0}: cancelled",
        BatchStatus.Paused => "{0}: paused",
        _ => "{0}: stopped before its end",
    };

    private IEnumerable<string> Rates(IStringLocalizer texts)
    {
        if (Score is not { HasLabels: true, Engine: var side }) yield break;
        yield return texts["Exact against the labels: {0:0.00} % ({1:N0} of {2:N0})", 100 * side.Overall.ExactRate!, side.Overall.Exact, side.Overall.Cells];
        foreach (var field in side.Fields.Where(f => f.Counts.Cells > 0))
            yield return texts["- {0}: {1:0.00} % ({2:N0} of {3:N0})", field.Field.Label, 100 * field.Counts.ExactRate!, field.Counts.Exact, field.Counts.Cells];
    }

    private DateTime Local(DateTime utc) => TimeZoneInfo.TryFindSystemTimeZoneById(Schedule.TimeZone, out var zone) ? TimeZoneInfo.ConvertTimeFromUtc(utc, zone) : utc;

    private static string Length(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours:00}:{time:mm\\:ss}");
}
