using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Features.Batches;
using GlmStudio.Web.Features.Reports;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Web.Hosting;

/// <summary>What a run leaves behind: the report, the JSON lines, and the one line of figures.</summary>
internal sealed class RunResults(IDbContextFactory<StudioDbContext> databases, WriteAnswers answers, WriteReport report, BatchScores scores)
{
    private const int NamedFailures = 10;
    private static readonly JsonSerializerOptions Line = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The first failed rows with their reasons.</summary>
    public async Task<IReadOnlyList<string>> ReasonsAsync(int batchId)
    {
        await using var db = databases.CreateDbContext();
        var failed = db.Rows.Where(r => r.BatchId == batchId && r.Status == RowStatus.Failed);
        var named = await failed.OrderBy(r => r.Ordinal).Take(NamedFailures).Select(r => new { r.ImageItem!.Path, r.ImageItem.Page, r.Error }).ToListAsync();
        var more = await failed.CountAsync() - named.Count;
        return [.. named.Select(r => $"failed: {r.Path}{(r.Page > 0 ? $" · {r.Page + 1}" : "")}: {r.Error}"), .. more > 0 ? [$"… and {more} more failed"] : Array.Empty<string>()];
    }

    public async Task WriteAsync(int batchId, RunArguments arguments, RunProgress progress)
    {
        if (arguments.JsonLines is { } lines)
            await WriteFileAsync(lines, progress, file => answers.HandleAsync(file, batchId, null, AnswerFormat.JsonLines, CancellationToken.None));
        if (arguments.Report is { } workbook)
            await WriteFileAsync(workbook, progress, file => report.HandleAsync(batchId, file, CancellationToken.None));
    }

    /// <summary><c>{"rows":60,"answered":60,"failed":0,"seconds":54.1,"fields":{"date":{"exact":0.93,"similarity":0.97}}}</c></summary>
    public async Task<string> SummaryAsync(BatchSummary batch)
    {
        var line = new JsonObject
        {
            ["rows"] = batch.Rows, ["answered"] = batch.Answered, ["failed"] = batch.Failed, ["seconds"] = Math.Round(batch.ActiveSeconds, 2),
        };
        if (await scores.ReadAsync(batch.Id, null, CancellationToken.None) is { HasLabels: true } score)
        {
            var labelled = score.Engine.Fields.Where(f => f.Counts.Cells > 0);
            line["fields"] = new JsonObject(labelled.Select(f => KeyValuePair.Create(f.Field.Key, (JsonNode?)new JsonObject
            {
                ["exact"] = Math.Round(f.Counts.ExactRate ?? 0, 4), ["similarity"] = Math.Round(f.Counts.Similarity ?? 0, 4),
            })));
        }
        return line.ToJsonString(Line);
    }

    private static async Task WriteFileAsync(string path, RunProgress progress, Func<Stream, Task> write)
    {
        await OutputFile.WriteAsync(path, write);
        progress.Say($"wrote {path}");
    }
}
