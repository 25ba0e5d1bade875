using System.Globalization;
using GlmStudio.Web.Domain;

namespace GlmStudio.Tests.Web.Features.Batches;

public sealed class KilledProcessTests
{
    private const int Pictures = 60;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 900_000)]
    public async Task Server_KilledMidBatch_AnswersTheRestAndNothingTwice()
    {
        using var batch = await SharedBatch.SeedAsync(Pictures);
        using (var first = await batch.ServeAsync(settings: "--Slow:Answers=40"))
        {
            await first.UntilAsync(SharedBatch.Path, b => b.GetProperty("answered").GetInt32() >= 10, Cancellation);
            await first.KillAsync(Cancellation);
        }
        var before = (await batch.RowsAsync()).Where(r => r.Status == RowStatus.Answered).ToList();
        Assert.InRange(before.Count, 10, Pictures - 1);

        using (var second = await batch.ServeAsync()) await SharedBatch.UntilFinishedAsync(second);
        var after = await batch.RowsAsync();
        Assert.All(after, r => Assert.Equal((RowStatus.Answered, 2), (r.Status, r.Cells.Count)));
        Assert.Equal(before.Select(r => (r.Id, r.Attempts, r.AnsweredAt)), after.Where(r => before.Exists(b => b.Id == r.Id)).Select(r => (r.Id, r.Attempts, r.AnsweredAt)));

        var asked = batch.AskedOf().ToLookup(l => l);
        Assert.All(before, r => Assert.Single(asked[r.ImageItem!.Path]));
        // Only what was in flight when the process died is asked again.
        Assert.InRange(asked.Count(a => a.Count() > 1), 0, 2);
    }

    [Fact(Timeout = 900_000)]
    public Task Server_KilledAtTenRandomPoints_LosesNothingAndAnswersNothingTwice() => KillAgainAndAgainAsync(10, seed: 6);

    /// <summary>The figure; takes minutes: ./test -method "*FiftyRandomPoints*" -explicit only.</summary>
    [Fact(Explicit = true, Timeout = 1_800_000)]
    public Task Server_KilledAtFiftyRandomPoints_LosesNothingAndAnswersNothingTwice() => KillAgainAndAgainAsync(50, seed: 2026);

    private static async Task KillAgainAndAgainAsync(int kills, int seed)
    {
        const int rowsAKill = 30;
        var pictures = kills * rowsAKill;
        using var batch = await SharedBatch.SeedAsync(pictures);
        var random = new Random(seed);
        var killedMidBatch = 0;
        for (var i = 0; i < kills; i++)
        {
            var asked = batch.AskedOf().Length;
            using var server = await batch.ServeAsync(milliseconds: 2, settings: string.Create(CultureInfo.InvariantCulture, $"--Slow:Answers={rowsAKill}"));
            // Anywhere in the first rows of this life, even before the first; then somewhere within a row: asked, being saved, or between two.
            await batch.UntilAskedAsync(asked + random.Next(0, rowsAKill - 8));
            await Task.Delay(TimeSpan.FromMilliseconds(random.NextDouble() * 8), TimeProvider.System, Cancellation);
            await server.KillAsync(Cancellation);
            var rows = await batch.CheckAsync(pictures);
            if (rows.Exists(r => r.Status is RowStatus.Queued or RowStatus.Running)) killedMidBatch++;
        }
        using (var last = await batch.ServeAsync(milliseconds: 0)) await SharedBatch.UntilFinishedAsync(last);
        await batch.CheckAllAnsweredAsync(pictures);
        // A batch that was finished before most kills would prove nothing.
        Assert.InRange(killedMidBatch, kills * 9 / 10, kills);
        // Each kill costs at most the rows in flight, and those were never answered.
        var times = batch.AskedOf().Length;
        Assert.InRange(times, pictures, pictures + (kills * 2));
        TestContext.Current.TestOutputHelper?.WriteLine($"{kills} kills, {killedMidBatch} of them mid-batch, {pictures} rows answered once each, {times - pictures} asked again");
    }
}
