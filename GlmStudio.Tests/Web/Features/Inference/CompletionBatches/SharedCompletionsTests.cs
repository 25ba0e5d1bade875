using GlmStudio.Tests.Support;

namespace GlmStudio.Tests.Web.Features.Inference.CompletionBatches;

/// <summary>Two real processes on one PostgreSQL database and one data folder.</summary>
[Collection(typeof(OnPostgres))]
public sealed class SharedCompletionsTests(PostgresServer postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 900_000)]
    public async Task TwoNodes_TwoBatches_EachTakesOne()
    {
        const int lines = 60;
        using var shared = new SharedCompletions(await postgres.CreateDatabaseAsync());
        using var first = await shared.ServeAsync("A", 100);
        using var second = await shared.ServeAsync("B", 100);
        var one = await SharedCompletions.SendAsync(first, lines, "one");
        var two = await SharedCompletions.SendAsync(first, lines, "two");
        await SharedCompletions.UntilCompletedAsync(second, one);
        await SharedCompletions.UntilCompletedAsync(second, two);
        await shared.CheckCompletedAsync(one, lines, "one");
        await shared.CheckCompletedAsync(two, lines, "two");
        // A node asked all lines of one batch, and no other.
        string[][] asked = [shared.AskedOf("A"), shared.AskedOf("B")];
        Assert.All(asked, a => Assert.Equal((lines, 1), (a.Distinct().Count(), a.Select(l => l.Split('-')[0]).Distinct().Count())));
        Assert.Equal(2 * lines, asked.Sum(a => a.Length));
    }

    [Fact(Timeout = 900_000)]
    public async Task TwoNodes_TheOneThatWorksIsKilled_TheOtherFinishes()
    {
        const int lines = 60;
        using var shared = new SharedCompletions(await postgres.CreateDatabaseAsync());
        using var first = await shared.ServeAsync("A", 50, "--CompletionBatches:HoldSeconds=2");
        using var second = await shared.ServeAsync("B", 50, "--CompletionBatches:HoldSeconds=2");
        var batch = await SharedCompletions.SendAsync(first, lines);
        await shared.UntilAskedAsync(5, "A", "B");
        var firstWorks = shared.AskedOf("A").Length > 0;
        await (firstWorks ? first : second).KillAsync(Cancellation);
        await SharedCompletions.UntilCompletedAsync(firstWorks ? second : first, batch);
        await shared.CheckCompletedAsync(batch, lines);
        var (before, after) = firstWorks ? (shared.AskedOf("A"), shared.AskedOf("B")) : (shared.AskedOf("B"), shared.AskedOf("A"));
        Assert.NotEmpty(after);
        // Only what was in flight when it died was asked again.
        Assert.InRange(before.Length + after.Length, lines, lines + 2);
    }
}
