using GlmStudio.Tests.Support;
using GlmStudio.Web.Domain;

namespace GlmStudio.Tests.Web.Features.Batches;

/// <summary>What a batch survives when its server, or its database, is stopped in order.</summary>
public sealed class StoppedServerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 900_000)]
    public async Task Terminated_RowsInFlight_AreAnsweredFirst()
    {
        const int pictures = 40;
        using var batch = await SharedBatch.SeedAsync(pictures);
        using (var server = await batch.ServeAsync(milliseconds: 1000))
        {
            await batch.UntilAskedAsync(3);
            await server.TerminateAsync(Cancellation);
        }
        var rows = await batch.CheckAsync(pictures);
        var asked = batch.AskedOf();
        Assert.Equal(asked.Order(), rows.Where(r => r.Status == RowStatus.Answered).Select(r => r.ImageItem!.Path));
        Assert.All(rows.Where(r => r.Status != RowStatus.Answered), r => Assert.Equal((RowStatus.Queued, 0), (r.Status, r.Attempts)));
    }

    [Fact(Timeout = 900_000)]
    public async Task Terminated_RowThatTakesTooLong_WaitsAgain()
    {
        using var batch = await SharedBatch.SeedAsync(4);
        using (var server = await batch.ServeAsync(milliseconds: 600_000, settings: "--Batches:DrainSeconds=1"))
        {
            await batch.UntilAskedAsync(2);
            await server.TerminateAsync(Cancellation);
        }
        Assert.All(await batch.CheckAsync(4), r => Assert.Equal(RowStatus.Queued, r.Status));
    }

    [Fact(Timeout = 900_000)]
    public async Task Interrupted_Twice_EndsAtOnce()
    {
        using var batch = await SharedBatch.SeedAsync(4);
        using var server = await batch.ServeAsync(milliseconds: 600_000, settings: "--Batches:DrainSeconds=3000");
        await batch.UntilAskedAsync(2);
        Assert.Equal(130, await server.InterruptUntilEndedAsync(Cancellation));
    }

    [Fact(Timeout = 900_000)]
    public async Task Database_RestartedMidBatch_LosesNothing()
    {
        const int pictures = 60;
        await using var postgres = new PostgresServer();
        await postgres.InitializeAsync();
        using var batch = await SharedBatch.SeedAsync(pictures, await postgres.CreateDatabaseAsync());
        using var server = await batch.ServeAsync(milliseconds: 50);
        await batch.UntilAskedAsync(10);
        await postgres.StopAsync();
        await server.UntilSaysAsync(Cancellation, "The database does not answer");
        await postgres.StartAgainAsync();
        await SharedBatch.UntilFinishedAsync(server);
        await batch.CheckAllAnsweredAsync(pictures);
    }
}
