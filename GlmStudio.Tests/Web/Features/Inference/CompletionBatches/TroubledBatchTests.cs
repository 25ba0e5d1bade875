using GlmStudio.Tests.Support;
using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Features.Inference.CompletionBatches.Running;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace GlmStudio.Tests.Web.Features.Inference.CompletionBatches;

/// <summary>Batches whose file cannot be read, or that went to another process.</summary>
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

    [Fact]
    public async Task Run_BatchThatWentToAnotherProcess_IsNotEnded()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var engine = new FakeEngine { Gate = (_, stop) => Task.WhenAll(Task.Run(asked.TrySetResult, stop), new TaskCompletionSource().Task.WaitAsync(stop)) };
        await using var studio = await StudioApp.StartAsync(s =>
        {
            s.UseEngine(engine);
            s.Remove(s.Single(d => d.ImplementationType == typeof(CompletionBatchService)));
        });
        var id = await studio.BatchAsync(BatchSteps.Line("a", "q"));
        var run = studio.Get<RunCompletionBatch>().HandleAsync((await studio.Get<LineClaims>().TakeAsync([], Cancellation))!, Cancellation);
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(60), Cancellation);
        await using var db = studio.OpenDatabase();
        var later = TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(1);
        await db.CompletionBatches.ExecuteUpdateAsync(set => set.SetProperty(b => b.Owner, "another").SetProperty(b => b.OwnedUntil, later), Cancellation);
        studio.Get<ChangeFeed>().Raise("completion-batch", 0);
        await run.WaitAsync(TimeSpan.FromSeconds(60), Cancellation);
        Assert.Equal(CompletionBatchStatus.InProgress, (await db.CompletionBatches.AsNoTracking().SingleAsync(b => b.Id == id, Cancellation)).Status);
    }
}
