using GlmStudio.Engine;
using GlmStudio.Web.Data;
using GlmStudio.Web.Data.Cluster;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Engines;
using GlmStudio.Web.Features.Batches;
using GlmStudio.Web.Features.Batches.Running;
using GlmStudio.Web.Features.Datasets.Labels;
using GlmStudio.Web.Features.Datasets.Uploads;
using GlmStudio.Web.Features.Templates;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace GlmStudio.Web.Hosting;

/// <summary><c>run</c>: a folder of pictures in, answers, figures and a report out, in this process and without a browser.</summary>
internal sealed class RunVerb(InstallLibrary library, FindTemplate templates, EngineCatalog engines, ImportFolder folders, ImportLabels labels,
    IDbContextFactory<StudioDbContext> databases, CreateBatch create, ControlBatch control, BatchRunner runner, ReadBatches read, ChangeFeed changes, RunResults results,
    IOptions<ModelOptions> models)
{
    private const int EveryRowFailed = 3;
    private const int Interrupted = 130;

    /// <summary>The verb as the command line calls it.</summary>
    public static async Task<int> RunAsync(string[] args, IServiceProvider services)
    {
        var (arguments, exitCode) = RunArguments.Parse(args, Console.Out, Console.Error);
        if (arguments is null) return exitCode;
        using var interrupt = new Interrupt();
        var progress = new RunProgress(Console.Error, isTerminal: !Console.IsErrorRedirected);
        return await ActivatorUtilities.CreateInstance<RunVerb>(services).HandleAsync(arguments, progress, Console.Out, interrupt.Token);
    }

    /// <param name="arguments">What to do.</param>
    /// <param name="progress">Tells how far it is and what went wrong.</param>
    /// <param name="output">Gets one JSON line.</param>
    /// <param name="interrupt">Ctrl+C: what was answered so far is written.</param>
    public async Task<int> HandleAsync(RunArguments arguments, RunProgress progress, TextWriter output, CancellationToken interrupt)
    {
        try
        {
            var (order, problem) = await PrepareAsync(arguments, progress, interrupt);
            if (order is null) return Refuse(progress, problem!);
            var created = await create.HandleAsync(order, interrupt, OwnerProcess.Current);
            if (created.Id is not { } id) return Refuse(progress, string.Join('\n', created.Problems));
            foreach (var note in created.Notes) progress.Say(note.ToString());
            await AnswerAsync(id, progress, interrupt);
            return await CloseAsync(id, arguments, progress, output, interrupt.IsCancellationRequested);
        }
        catch (OperationCanceledException) when (interrupt.IsCancellationRequested)
        {
            progress.Say("Interrupted before the first answer.");
            return Interrupted;
        }
    }

    private async Task<(BatchOrder? Order, string? Problem)> PrepareAsync(RunArguments arguments, RunProgress progress, CancellationToken interrupt)
    {
        try
        {
            var loading = new Told<double>(p => progress.Show("loaded", (int)(100 * p), 100, " %"));
            if (arguments.Engine is { } engine) await engines.OpenAsync(engine, loading, interrupt);
            else await OpenDefaultAsync(loading, progress, interrupt);
            progress.Next();
        }
        catch (EngineException e)
        {
            return (null, $"--engine: {e.Message}");
        }
        await library.HandleAsync(interrupt);
        var found = await templates.HandleAsync(arguments.Template, interrupt);
        if (found.Version is not { } version) return (null, $"--template: {found.Message}");
        if (arguments.Map.Keys.FirstOrDefault(k => !version.Fields.Exists(f => f.Key == k)) is { } unknown)
            return (null, $"--map: the template has no field \"{unknown}\". It has: {string.Join(", ", version.Fields.Select(f => f.Key))}.");

        var name = new DirectoryInfo(Path.GetFullPath(arguments.Images)).Name is { Length: > 0 and < 150 } folder ? folder : "Pictures";
        var imported = await folders.HandleAsync(arguments.Images, name, arguments.Limit,
            new Told<ImportProgress>(p => progress.Show("imported", p.Done, p.Total)), interrupt);
        if (imported.Problem is not null) return (null, $"--images: {imported.Problem}");
        progress.Next();
        progress.Say($"{imported.Pictures} pictures in dataset \"{imported.DatasetName}\", {imported.Damaged.Count} damaged, {imported.Skipped.Count} other files left out");
        var (labelSet, problem) = await ImportLabelsAsync(arguments, imported.DatasetId, version, progress, interrupt);
        if (problem is not null)
        {
            await ForgetAsync(imported.DatasetId);
            return (null, $"--labels: {problem}");
        }
        return (new BatchOrder(imported.DatasetId, version.Id, arguments.Engine ?? "", labelSet, "", null, arguments.Limit)
        {
            Grounding = arguments.Grounding, Repeats = arguments.Repeats, IsAnew = arguments.IsAnew,
        }, null);
    }

    /// <summary>As a server does: without its checkpoint the reader answers.</summary>
    private async Task OpenDefaultAsync(Told<double> loading, RunProgress progress, CancellationToken interrupt)
    {
        try
        {
            await engines.OpenDefaultAsync(models.Value.Default, loading, interrupt);
        }
        catch (EngineException fault)
        {
            progress.Say($"Models:Default is \"{models.Value.Default}\"; the reader answers instead. {fault.Message}");
        }
    }

    private async Task<(int? LabelSetId, string? Problem)> ImportLabelsAsync(
        RunArguments arguments, int datasetId, TemplateVersion version, RunProgress progress, CancellationToken interrupt)
    {
        if (arguments.Labels is not { } path) return (null, null);
        await using var file = File.OpenRead(path);
        var import = new LabelImport(datasetId, Path.GetFileName(path)) { Map = arguments.Map, Fields = [.. version.Fields.Select(f => (f.Key, f.Label))] };
        var imported = await labels.HandleAsync(import, file, interrupt);
        if (imported.Problem is not null) return (null, imported.Problem);
        progress.Say($"labels of {imported.Matched} pictures from {imported.Rows} rows of {import.FileName}"
            + (imported.FieldsWithoutColumn.Count > 0 ? $"; no column for {string.Join(", ", imported.FieldsWithoutColumn)}" : ""));
        return (imported.LabelSetId, null);
    }

    /// <summary>A refused run leaves no dataset behind.</summary>
    private async Task ForgetAsync(int datasetId)
    {
        await using var db = databases.CreateDbContext();
        await db.Datasets.Where(d => d.Id == datasetId).ExecuteDeleteAsync(CancellationToken.None);
    }

    private async Task AnswerAsync(int batchId, RunProgress progress, CancellationToken interrupt)
    {
        async Task ShowAsync()
        {
            if (await read.FindAsync(batchId, CancellationToken.None) is { } batch) progress.Show(batch);
        }
        using (changes.Subscribe("batch", batchId, ShowAsync))
        {
            var cancelled = new TaskCompletionSource();
            // Cancelling is an ordinary change of the batch: its runner stops at once and keeps what is answered.
            await using var onInterrupt = interrupt.Register(() => control.CancelAsync(batchId, CancellationToken.None).ContinueWith(
                _ => cancelled.TrySetResult(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default));
            await runner.RunAsync(batchId, CancellationToken.None);
            if (interrupt.IsCancellationRequested) await cancelled.Task;
        }
        progress.Next();
    }

    private async Task<int> CloseAsync(int batchId, RunArguments arguments, RunProgress progress, TextWriter output, bool isInterrupted)
    {
        var batch = (await read.FindAsync(batchId, CancellationToken.None))!;
        foreach (var reason in await results.ReasonsAsync(batchId)) progress.Say(reason);
        if (batch.Problem is not null) progress.Say(batch.Problem);
        await results.WriteAsync(batchId, arguments, progress);
        progress.Say(batch.Closing);
        await output.WriteLineAsync(await results.SummaryAsync(batch));
        return isInterrupted ? Interrupted : batch.Status == BatchStatus.Failed ? 1 : batch.Answered == 0 ? EveryRowFailed : batch.Status == BatchStatus.Paused ? 1 : 0;
    }

    private static int Refuse(RunProgress progress, string problem)
    {
        progress.Next();
        progress.Say(problem);
        return Verbs.BadArguments;
    }

    /// <summary>Reports on the caller's thread: <see cref="Progress{T}"/> would report later, out of order.</summary>
    private sealed class Told<T>(Action<T> tell) : IProgress<T>
    {
        public void Report(T value) => tell(value);
    }
}
