using System.Diagnostics;
using System.Globalization;
using GlmStudio.Engine;
using GlmStudio.Web.Data;
using GlmStudio.Web.Data.Cluster;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Engines;
using GlmStudio.Web.Features.Batches;
using GlmStudio.Web.Features.Batches.Running;
using GlmStudio.Web.Features.Datasets.Uploads;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Web.Hosting.BenchBatch;

/// <summary>The steps of <c>bench-batch</c>, with the product's own parts.</summary>
internal sealed class BatchBench(StudioDatabase databases, MadePictures pictures, CreateBatch create, BatchRunner runner, ReadBatches read, ReadRows readRows, AddImages add,
    InstantEngine engine, RunProgress progress)
{
    private const int Window = 50;
    private static readonly string[] Keys = ["company", "date", "address", "total"];

    public async Task<BatchFigures> RunAsync(BatchPlan plan, Uri dashboard, CancellationToken cancellation)
    {
        var dataset = await pictures.AddAsync("rows", plan.Rows, withFiles: true, Told("made", plan.Rows), cancellation);
        progress.Next();
        var order = new BatchOrder(dataset, await AddVersionAsync(cancellation), InstantEngine.Name, null, "", null, null);
        var start = Stopwatch.GetTimestamp();
        // Owned: the server leaves it to this command.
        var created = await create.HandleAsync(order, cancellation, OwnerProcess.Current);
        var id = created.Id ?? throw new InvalidOperationException(created.Refusal);
        var figures = new BatchFigures(plan, databases.IsPostgres ? "PostgreSQL" : "SQLite", Environment.ProcessorCount) { CreateSeconds = Stopwatch.GetElapsedTime(start).TotalSeconds };
        figures = await OpenPageAsync(figures, dashboard, id, cancellation);
        figures = await AnswerAsync(figures, id, cancellation);
        progress.Next();
        return figures with { GrowByOneMs = await GrowAsync(plan.Images, cancellation) };
    }

    private async Task<BatchFigures> OpenPageAsync(BatchFigures figures, Uri dashboard, int id, CancellationToken cancellation)
    {
        using var http = new HttpClient { BaseAddress = dashboard };
        return figures with
        {
            PageMs = await MedianAsync(() => http.GetByteArrayAsync(string.Create(CultureInfo.InvariantCulture, $"batches/{id}"), cancellation)),
            RowsMs = await MedianAsync(() => readRows.HandleAsync(id, null, false, null, 0, Window, cancellation)),
        };
    }

    private async Task<BatchFigures> AnswerAsync(BatchFigures figures, int id, CancellationToken cancellation)
    {
        var rows = figures.Plan.Rows;
        var (tenth, nineTenths) = (rows / 10, rows - (rows / 10));
        var memory = new List<double>();
        var start = Stopwatch.GetTimestamp();
        var run = runner.RunAsync(id, cancellation);
        var first = await ReachAsync(tenth, run, start);
        memory.Add(Memory());
        await ReachAsync(rows / 2, run, start);
        memory.Add(Memory());
        figures = await RefreshAsync(figures, id, cancellation);
        var late = await ReachAsync(nineTenths, run, start);
        await run;
        var all = Stopwatch.GetElapsedTime(start);
        cancellation.ThrowIfCancellationRequested();
        memory.Add(Memory());
        return figures with
        {
            RowMs = all.TotalMilliseconds / rows, FirstTenthRowMs = first.TotalMilliseconds / Math.Max(1, tenth),
            LastTenthRowMs = (all - late).TotalMilliseconds / Math.Max(1, rows - nineTenths), MemoryMib = memory,
        };
    }

    private async Task<BatchFigures> RefreshAsync(BatchFigures figures, int id, CancellationToken cancellation)
    {
        var milliseconds = await MedianAsync(async () =>
        {
            await read.FindAsync(id, cancellation);
            await readRows.HandleAsync(id, null, false, null, 0, Window, cancellation);
        });
        return figures with { RefreshMs = milliseconds, RefreshShareOfCore = milliseconds / Pulse.PeriodAfter(TimeSpan.FromMilliseconds(milliseconds), BatchPage.Period).TotalMilliseconds };
    }

    private async Task<double> GrowAsync(int images, CancellationToken cancellation)
    {
        var large = await pictures.AddAsync("large", images, withFiles: false, Told("made", images), cancellation);
        var start = Stopwatch.GetTimestamp();
        using var bytes = new MemoryStream(MadePictures.Bmp(-1));
        await add.HandleAsync(large, "one more.bmp", bytes, cancellation);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    /// <summary>Waits until so many rows are answered; how long after the start that was.</summary>
    private async Task<TimeSpan> ReachAsync(int rows, Task run, long start)
    {
        while (engine.Answers < rows && !run.IsCompleted)
        {
            progress.Show("answered", engine.Answers, rows);
            await Task.WhenAny(run, Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System));
        }
        progress.Next();
        return Stopwatch.GetElapsedTime(start);
    }

    private async Task<int> AddVersionAsync(CancellationToken cancellation)
    {
        await using var db = databases.CreateDbContext();
        var version = new TemplateVersion
        {
            Template = new Template { Key = "bench", Name = "bench" }, Number = 1,
            Fields = [.. Keys.Select(key => new Field { Key = key, Label = key, Type = FieldType.Text })],
        };
        db.TemplateVersions.Add(version);
        await db.SaveChangesAsync(cancellation);
        return version.Id;
    }

    private static async Task<double> MedianAsync(Func<Task> work)
    {
        var times = new double[5];
        for (var i = 0; i < times.Length; i++)
        {
            var start = Stopwatch.GetTimestamp();
            await work();
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }
        Array.Sort(times);
        return times[times.Length / 2];
    }

    private static double Memory() => Environment.WorkingSet / (double)(1 << 20);

    private Progress<int> Told(string what, int total) => new(done => progress.Show(what, done, total));
}
