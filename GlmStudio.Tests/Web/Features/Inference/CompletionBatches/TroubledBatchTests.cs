using System.Diagnostics;
using GlmStudio.Tests.Support;
using GlmStudio.Tests.Web.Features.Datasets;
using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Features.Inference.CompletionBatches.Running;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace GlmStudio.Tests.Web.Features.Inference.CompletionBatches;

/// <summary>Batches whose file cannot be read, that went to another process, or whose work takes longer than the hold.</summary>
public sealed class TroubledBatchTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Batch_WhoseFileCannotBeRead_DoesNotHoldUpTheNext()
    {
        var hold = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var studio = await Doorstep.OpenAsync(new FakeEngine { Gate = (request, stop) => request.Prompt == "hold" ? hold.Task.WaitAsync(stop) : Task.CompletedTask });
        await studio.BatchAsync(BatchSteps.Line("a", "hold"));
        var file = await studio.SendAsync(BatchSteps.Line("b", "q"));
        await studio.StartAsync(file);
        var next = await studio.BatchAsync(BatchSteps.Line("c", "q"));
        // A folder in the file's place: not missing, and not to be read.
        var path = Path.Combine(studio.DataFolder, "files", file);
        File.Delete(path);
        Directory.CreateDirectory(path);
        hold.SetResult();
        await studio.UntilAsync(next, "completed");
    }

    [Fact(Timeout = 600_000)]
    public async Task Batch_WhoseFileStaysUnreadable_FailsAndSaysSo()
    {
        using var folder = new TempFolder();
        string id;
        await using (var before = await WithoutServiceAsync(new FakeEngine(), $"--Studio:Data={folder.Path}"))
        {
            var file = await before.SendAsync(BatchSteps.Line("a", "q"));
            var path = Path.Combine(folder.Path, "files", file);
            File.Delete(path);
            Directory.CreateDirectory(path);
            id = (await before.StartAsync(file)).Body.GetProperty("id").GetString()!;
        }
        await using var studio = await Doorstep.OpenAsync($"--Studio:Data={folder.Path}");
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (await studio.GetAsync($"/v1/batches/{id}") is var batch)
        {
            if (batch.GetProperty("status").GetString() == "failed")
            {
                Assert.Equal("file_unreadable", batch.GetProperty("errors").GetProperty("data")[0].GetProperty("code").GetString());
                return;
            }
            // A try is made at each change.
            studio.Get<ChangeFeed>().Raise("completion-batch", 0);
            await timer.WaitForNextTickAsync(Cancellation);
        }
    }

    [Fact]
    public async Task Run_ExpiredBeforeItsInputWasRead_EndsAndSaysSo()
    {
        var engine = new FakeEngine();
        await using var studio = await WithoutServiceAsync(engine);
        var id = await studio.BatchAsync(BatchSteps.Line("a", "q"));
        await using var db = studio.OpenDatabase();
        var past = TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(-1);
        await db.CompletionBatches.ExecuteUpdateAsync(set => set.SetProperty(b => b.ExpiresAt, past), Cancellation);
        await studio.Get<RunCompletionBatch>().HandleAsync((await studio.Get<LineClaims>().TakeAsync([], Cancellation))!, Cancellation);
        var ended = await FindAsync(studio, id);
        Assert.Equal((CompletionBatchStatus.Expired, "batch_expired", 0), (ended.Status, Assert.Single(ended.Faults).Code, engine.Calls));
    }

    [Fact(Timeout = 600_000)]
    public async Task Write_LongerThanTheHold_KeepsTheBatch()
    {
        var clock = new SetClock(TimeProvider.System.GetUtcNow());
        await using var studio = await WithoutServiceAsync(new FakeEngine(), clock);
        var id = await SeedFinalizingAsync(studio);
        // A pipe in the file's place: whoever writes to it waits until somebody reads.
        var pipe = Path.Combine(Directory.CreateDirectory(Path.Combine(studio.DataFolder, "files")).FullName, $"file-{id["batch_".Length..]}-output.part");
        using (var make = Process.Start("mkfifo", [pipe])) await make.WaitForExitAsync(Cancellation);
        var taken = (await studio.Get<LineClaims>().TakeAsync([], Cancellation))!;
        var run = Task.Run(() => studio.Get<RunCompletionBatch>().HandleAsync(taken, Cancellation), Cancellation);
        clock.Now = clock.Now.AddSeconds(25);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        do studio.Get<ChangeFeed>().Raise("completion-batch", 0);
        while ((await FindAsync(studio, id)).OwnedUntil < clock.Now.UtcDateTime.AddSeconds(25) && await timer.WaitForNextTickAsync(Cancellation));
        Assert.False(run.IsCompleted);
        // A process of its own reads: within one, the writer's lock on the file would keep the reader out. A pipe has no length: this run ends badly, which is another matter.
        using var reader = Process.Start("sh", ["-c", "exec cat \"$1\" >/dev/null", "sh", pipe]);
        await Assert.ThrowsAnyAsync<Exception>(() => run);
        await reader.WaitForExitAsync(Cancellation);
    }

    [Fact]
    public async Task Write_BatchThatWentToAnotherProcess_ChangesNothing()
    {
        await using var studio = await WithoutServiceAsync(new FakeEngine());
        var id = await SeedFinalizingAsync(studio);
        await using var db = studio.OpenDatabase();
        await db.CompletionBatches.ExecuteUpdateAsync(set => set.SetProperty(b => b.Owner, "another"), Cancellation);
        await studio.Get<WriteResults>().HandleAsync(id, Cancellation);
        var batch = await FindAsync(studio, id);
        Assert.Equal((CompletionBatchStatus.Finalizing, null, 1, 0),
            (batch.Status, batch.OutputFileId, await db.CompletionLines.CountAsync(Cancellation), await db.ApiFiles.CountAsync(Cancellation)));
    }

    [Fact]
    public async Task Run_BatchThatWentToAnotherProcess_IsNotEnded()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var engine = new FakeEngine { Gate = (_, stop) => Task.WhenAll(Task.Run(asked.TrySetResult, stop), new TaskCompletionSource().Task.WaitAsync(stop)) };
        await using var studio = await WithoutServiceAsync(engine);
        var id = await studio.BatchAsync(BatchSteps.Line("a", "q"));
        var run = studio.Get<RunCompletionBatch>().HandleAsync((await studio.Get<LineClaims>().TakeAsync([], Cancellation))!, Cancellation);
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(60), Cancellation);
        await using var db = studio.OpenDatabase();
        var later = TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(1);
        await db.CompletionBatches.ExecuteUpdateAsync(set => set.SetProperty(b => b.Owner, "another").SetProperty(b => b.OwnedUntil, later), Cancellation);
        studio.Get<ChangeFeed>().Raise("completion-batch", 0);
        await run.WaitAsync(TimeSpan.FromSeconds(60), Cancellation);
        Assert.Equal(CompletionBatchStatus.InProgress, (await FindAsync(studio, id)).Status);
    }

    [Fact]
    public async Task Run_AnotherProcessHadTheBatchMeanwhile_IsNotEndedWithALineUnanswered()
    {
        StudioApp studio = null!;
        var past = TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(-1);
        var engine = new FakeEngine
        {
            Gate = async (_, stop) =>
            {
                // The answer is too late to be kept; the hold is free again when it comes.
                await using var db = studio.OpenDatabase();
                await db.CompletionBatches.ExecuteUpdateAsync(set => set.SetProperty(b => b.Owner, "another").SetProperty(b => b.OwnedUntil, past), stop);
            },
        };
        await using (studio = await WithoutServiceAsync(engine))
        {
            var id = await studio.BatchAsync(BatchSteps.Line("a", "q"));
            await studio.Get<RunCompletionBatch>().HandleAsync((await studio.Get<LineClaims>().TakeAsync([], Cancellation))!, Cancellation);
            Assert.Equal(CompletionBatchStatus.InProgress, (await FindAsync(studio, id)).Status);
        }
    }

    /// <summary>Nobody but the test works on batches.</summary>
    private static Task<StudioApp> WithoutServiceAsync(FakeEngine engine, params string[] settings) => WithoutServiceAsync(engine, TimeProvider.System, settings);

    private static Task<StudioApp> WithoutServiceAsync(FakeEngine engine, TimeProvider time, params string[] settings) => StudioApp.StartAsync(s =>
    {
        s.UseEngine(engine);
        s.AddSingleton(time);
        s.Remove(s.Single(d => d.ImplementationType == typeof(CompletionBatchService)));
    }, settings);

    /// <summary>A batch that has its one answer and no file yet.</summary>
    private static async Task<string> SeedFinalizingAsync(StudioApp studio)
    {
        await using var db = studio.OpenDatabase();
        var now = studio.Get<TimeProvider>().GetUtcNow().UtcDateTime;
        var batch = new CompletionBatch
        {
            Id = $"batch_{Guid.NewGuid():n}", InputFileId = "file-gone", Endpoint = "/v1/chat/completions", Window = "24h", Status = CompletionBatchStatus.Finalizing,
            Total = 1, Completed = 1, CreatedAt = now, ExpiresAt = now.AddHours(24),
        };
        db.Add(new CompletionLine { Batch = batch, BatchId = batch.Id, Number = 1, CustomId = "a", Status = CompletionLineStatus.Answered, StatusCode = 200, Response = "{}" });
        await db.SaveChangesAsync(Cancellation);
        return batch.Id;
    }

    private static async Task<CompletionBatch> FindAsync(StudioApp studio, string id)
    {
        await using var db = studio.OpenDatabase();
        return await db.CompletionBatches.AsNoTracking().SingleAsync(b => b.Id == id, Cancellation);
    }
}
