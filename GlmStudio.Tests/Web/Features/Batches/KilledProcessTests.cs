using GlmStudio.Tests.Support;
using GlmStudio.Web;
using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Features.Batches;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace GlmStudio.Tests.Web.Features.Batches;

public sealed class KilledProcessTests : IDisposable
{
    private const int Pictures = 60;
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("glm-killed-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;
    private string Calls => Path.Combine(_data.FullName, "calls.txt");

    [Fact(Timeout = 300_000)]
    public async Task Server_KilledMidBatch_AnswersTheRestAndNothingTwice()
    {
        await SeedAsync();
        using (var first = await SecondProcess.ServeAsync(_data.FullName, Calls, Cancellation))
        {
            await first.UntilAsync("/api/batches/1", b => b.GetProperty("answered").GetInt32() >= 10, Cancellation);
            await first.KillAsync(Cancellation);
        }
        var before = (await ReadAsync()).Where(r => r.Status == RowStatus.Answered).ToList();
        Assert.InRange(before.Count, 10, Pictures - 1);

        using (var second = await SecondProcess.ServeAsync(_data.FullName, Calls, Cancellation))
            await second.UntilAsync("/api/batches/1", b => b.GetProperty("status").GetString() == "Finished", Cancellation);
        var after = await ReadAsync();
        Assert.All(after, r => Assert.Equal((RowStatus.Answered, 2), (r.Status, r.Cells.Count)));
        Assert.Equal(before.Select(r => (r.Id, r.Attempts, r.AnsweredAt)), after.Where(r => before.Exists(b => b.Id == r.Id)).Select(r => (r.Id, r.Attempts, r.AnsweredAt)));

        var asked = (await File.ReadAllLinesAsync(Calls, Cancellation)).ToLookup(l => l);
        Assert.All(before, r => Assert.Single(asked[r.ImageItem!.Path]));
        // Only what was in flight when the process died is asked again.
        Assert.InRange(asked.Count(a => a.Count() > 1), 0, 2);
    }

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _data.Delete(recursive: true);
    }

    /// <summary>A queued batch in a data folder that nobody serves yet.</summary>
    private async Task SeedAsync()
    {
        await using var app = Studio.Build([$"--Studio:Data={_data.FullName}", "--Models:Default=reader", "--Logging:LogLevel:Default=Warning"], s => s.UseEngine(new FakeEngine(name: "slow")));
        await app.Services.GetRequiredService<StudioDatabase>().MigrateAsync(Cancellation);
        var scene = await BatchScene.SeedAsync(app.Services, Pictures);
        var created = await app.Services.GetRequiredService<CreateBatch>().HandleAsync(BatchScene.Order(scene) with { Engine = "slow" }, Cancellation);
        Assert.Equal(1, created.Id);
    }

    private async Task<List<Row>> ReadAsync()
    {
        await using var db = new StudioDatabase($"Data Source={Path.Combine(_data.FullName, "studio.db")}").CreateDbContext();
        return await db.Rows.AsNoTracking().Include(r => r.Cells).Include(r => r.ImageItem).OrderBy(r => r.Ordinal).ToListAsync(Cancellation);
    }
}
