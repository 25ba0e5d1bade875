using GlmStudio.Tests.Support;
using GlmStudio.Web.Domain;

namespace GlmStudio.Tests.Web.Features.Batches;

/// <summary>Two real processes on one PostgreSQL database and one data folder.</summary>
[Collection(typeof(OnPostgres))]
public sealed class SharedBatchTests(PostgresServer postgres)
{
    // With it nodes look for work more often than once a second.
    private const string ShortLease = "--Batches:LeaseSeconds=2";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 900_000)]
    public Task TwoNodes_SixtyRows_EachIsAnsweredOnce() => ShareAsync(60);

    /// <summary>The issue's figure: ./test -method "*FiveHundredRows*" -explicit only.</summary>
    [Fact(Explicit = true, Timeout = 900_000)]
    public Task TwoNodes_FiveHundredRows_EachIsAnsweredOnce() => ShareAsync(500);

    [Fact(Timeout = 900_000)]
    public async Task TwoNodes_OneIsKilled_TheOtherAnswersTheRest()
    {
        const int pictures = 60;
        using var batch = await SharedBatch.SeedAsync(pictures, await postgres.CreateDatabaseAsync());
        await batch.HoldAsync();
        using var stays = await batch.ServeAsync("B", milliseconds: 100, ShortLease);
        using (var dies = await batch.ServeAsync("A", milliseconds: 100, ShortLease))
        {
            await batch.LetGoAsync();
            await batch.UntilAskedAsync(5, "A");
            await dies.KillAsync(Cancellation);
        }
        await SharedBatch.UntilFinishedAsync(stays);
        await batch.CheckAllAnsweredAsync(pictures);
        // Only what was in flight when it died was asked again.
        Assert.InRange(batch.AskedOf("A").Length + batch.AskedOf("B").Length, pictures, pictures + 2);
    }

    [Fact(Timeout = 900_000)]
    public async Task TwoNodes_OneStandsStillPastItsLease_ComesBackTooLate()
    {
        const int pictures = 40;
        using var batch = await SharedBatch.SeedAsync(pictures, await postgres.CreateDatabaseAsync());
        await batch.HoldAsync();
        using var stays = await batch.ServeAsync("B", milliseconds: 100, ShortLease);
        using var sleeps = await batch.ServeAsync("A", milliseconds: 100, ShortLease);
        await batch.LetGoAsync();
        await batch.UntilAskedAsync(4, "A");
        await sleeps.FreezeAsync(Cancellation);
        await SharedBatch.UntilFinishedAsync(stays);
        await sleeps.ThawAsync(Cancellation);
        await sleeps.UntilSaysAsync(Cancellation, "came back late", "went to another node");
        await SharedBatch.UntilFinishedAsync(sleeps);
        await batch.CheckAllAnsweredAsync(pictures);
        Assert.Contains(await batch.RowsAsync(), r => r.Attempts == 2);
    }

    private async Task ShareAsync(int pictures)
    {
        using var batch = await SharedBatch.SeedAsync(pictures, await postgres.CreateDatabaseAsync());
        await batch.HoldAsync();
        using var first = await batch.ServeAsync("A", milliseconds: 100, ShortLease);
        using var second = await batch.ServeAsync("B", milliseconds: 100, ShortLease);
        await batch.LetGoAsync();
        await SharedBatch.UntilFinishedAsync(first);
        await batch.CheckAllAnsweredAsync(pictures);
        string[] asked = [.. batch.AskedOf("A"), .. batch.AskedOf("B")];
        Assert.Equal((pictures, pictures), (asked.Length, asked.Distinct().Count()));
        Assert.NotEmpty(batch.AskedOf("A"));
        Assert.NotEmpty(batch.AskedOf("B"));
        TestContext.Current.TestOutputHelper?.WriteLine($"{batch.AskedOf("A").Length} and {batch.AskedOf("B").Length} of {pictures} rows");
    }
}
