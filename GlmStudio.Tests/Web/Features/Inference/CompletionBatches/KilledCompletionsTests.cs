using GlmStudio.Tests.Support;
using GlmStudio.Web.Domain;

namespace GlmStudio.Tests.Web.Features.Inference.CompletionBatches;

/// <summary>What a batch of <c>/v1</c> survives when its server is killed, on SQLite.</summary>
public sealed class KilledCompletionsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 900_000)]
    public async Task Server_KilledAgainAndAgain_AnswersEachLineOnce()
    {
        const int lines = 80;
        const int kills = 4;
        using var shared = new SharedCompletions();
        string? batch = null;
        for (var i = 0; i < kills; i++)
        {
            var asked = shared.AskedOf().Length;
            using var server = await shared.ServeAsync("", 10, "--CompletionBatches:HoldSeconds=1", "--Slow:Answers=15");
            batch ??= await SharedCompletions.SendAsync(server, lines);
            // Now while it reads the input or has just begun, now in the middle.
            await shared.UntilAskedAsync(asked + (i % 2 * 12), "");
            await server.KillAsync(Cancellation);
            Assert.False(File.Exists(shared.OutputOf(batch)));
        }
        using (var last = await shared.ServeAsync("", 10, "--CompletionBatches:HoldSeconds=1")) await SharedCompletions.UntilCompletedAsync(last, batch!);
        await shared.CheckCompletedAsync(batch!, lines);
        // Each kill costs at most the lines in flight, and those were never answered.
        var times = shared.AskedOf().Length;
        Assert.InRange(times, lines, lines + (kills * 2));
        TestContext.Current.TestOutputHelper?.WriteLine($"{kills} kills, {lines} lines answered once each, {times - lines} asked again");
    }

    [Fact(Timeout = 900_000)]
    public async Task Server_KilledWhileItWritesTheFile_LeavesNoneAndWritesItAgain()
    {
        const int lines = 30_000;
        const int tries = 20;
        // Killed after the end of the file it would prove nothing: then it is done again with another batch.
        for (var i = 0; i < tries; i++)
        {
            using var shared = new SharedCompletions();
            var batch = await SeedAnsweredAsync(shared, lines);
            if (!await KillWhileWritingAsync(shared, shared.OutputOf(batch))) continue;
            using (var server = await shared.ServeAsync("", 10, "--CompletionBatches:HoldSeconds=1")) await SharedCompletions.UntilCompletedAsync(server, batch);
            await shared.CheckCompletedAsync(batch, lines);
            return;
        }
        Assert.Fail($"In {tries} tries the file was always whole before the kill.");
    }

    /// <summary>False where the file was whole before the kill.</summary>
    private static async Task<bool> KillWhileWritingAsync(SharedCompletions shared, string output)
    {
        using var server = await shared.ServeAsync("", 10, "--CompletionBatches:HoldSeconds=1");
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        while (!File.Exists(output) && new FileInfo(output + ".part") is not { Exists: true, Length: > 0 }) await timer.WaitForNextTickAsync(Cancellation);
        await server.KillAsync(Cancellation);
        return File.Exists(output + ".part") && !File.Exists(output);
    }

    /// <summary>A batch that has all its answers and no files yet.</summary>
    private static async Task<string> SeedAnsweredAsync(SharedCompletions shared, int lines)
    {
        var database = shared.Database;
        await database.MigrateAsync(Cancellation);
        await using var db = database.CreateDbContext();
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var batch = new CompletionBatch
        {
            Id = $"batch_{Guid.NewGuid():n}", InputFileId = "file-gone", Endpoint = "/v1/chat/completions", Window = "24h", Status = CompletionBatchStatus.Finalizing, Model = "slow",
            Total = lines, Completed = lines, CreatedAt = now, ExpiresAt = now.AddHours(24), InProgressAt = now, FinalizingAt = now,
        };
        db.Add(batch);
        var response = $$"""{"text":"{{new string('x', 1000)}}"}""";
        db.CompletionLines.AddRange(Enumerable.Range(1, lines).Select(i => new CompletionLine
        {
            BatchId = batch.Id, Number = i, CustomId = $"line-{i}", Status = CompletionLineStatus.Answered, StatusCode = 200, Response = response,
        }));
        await db.SaveChangesAsync(Cancellation);
        return batch.Id;
    }
}
