using GlmStudio.Tests.Support;
using GlmStudio.Web;
using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Domain.Journal;
using GlmStudio.Web.Features.Batches;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace GlmStudio.Tests.Web.Features.Batches;

/// <summary>A queued batch for the engine <c>slow</c>, in a data folder and a database that real processes share and nobody serves yet.</summary>
internal sealed class SharedBatch : IDisposable
{
    public const string Path = "/api/batches/1";
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("glm-shared-");
    private readonly string _database;

    private SharedBatch(string database) => _database = database is "" ? $"Data Source={System.IO.Path.Combine(_data.FullName, "studio.db")};Default Timeout=30" : database;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <param name="pictures">One row each.</param>
    /// <param name="database">PostgreSQL, or empty: SQLite in the data folder.</param>
    public static async Task<SharedBatch> SeedAsync(int pictures, string database = "")
    {
        var batch = new SharedBatch(database);
        await using var app = Studio.Build([.. batch.Settings, $"--Studio:Data={batch._data.FullName}", "--Models:Default=reader", "--Logging:LogLevel:Default=Warning"],
            s => s.UseEngine(new FakeEngine(name: "slow")));
        await app.Services.GetRequiredService<StudioDatabase>().MigrateAsync(Cancellation);
        var scene = await BatchScene.SeedAsync(app.Services, pictures);
        var created = await app.Services.GetRequiredService<CreateBatch>().HandleAsync(BatchScene.Order(scene) with { Engine = "slow" }, Cancellation);
        Assert.Equal(1, created.Id);
        return batch;
    }

    /// <summary>Starts a process that serves it.</summary>
    /// <param name="node">Keeps the pictures that this one is asked about apart.</param>
    /// <param name="milliseconds">What an answer takes.</param>
    /// <param name="settings">Further settings.</param>
    public Task<SecondProcess> ServeAsync(string node = "", int milliseconds = 30, params string[] settings) =>
        SecondProcess.ServeAsync(_data.FullName, CallsOf(node), Cancellation, milliseconds, [.. Settings, .. settings]);

    /// <summary>Nobody begins before <see cref="LetGoAsync"/>: processes take their time to start, and one alone would have answered all.</summary>
    public Task HoldAsync() => SetAsync(BatchStatus.Paused);

    /// <summary>All that serve it may begin.</summary>
    public Task LetGoAsync() => SetAsync(BatchStatus.Queued);

    /// <summary>The pictures that a node's engine was asked about, in order.</summary>
    public string[] AskedOf(string node = "") => File.Exists(CallsOf(node)) ? File.ReadAllLines(CallsOf(node)) : [];

    public async Task UntilAskedAsync(int count, string node = "")
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(2));
        while (AskedOf(node).Length < count && await timer.WaitForNextTickAsync(Cancellation))
        {
        }
    }

    public static Task UntilFinishedAsync(SecondProcess server) => server.UntilAsync(Path, b => b.GetProperty("status").GetString() == "Finished", Cancellation);

    public StudioDbContext Open() => new StudioDatabase(_database).CreateDbContext();

    public async Task<List<Row>> RowsAsync()
    {
        await using var db = Open();
        return await db.Rows.AsNoTracking().Include(r => r.Cells).Include(r => r.ImageItem).OrderBy(r => r.Ordinal).ToListAsync(Cancellation);
    }

    /// <summary>No row is missing; one line of the journal and all cells where a row is answered, none where it is not.</summary>
    public async Task<List<Row>> CheckAsync(int pictures)
    {
        var rows = await RowsAsync();
        await using var db = Open();
        var answers = await db.Journal.Where(e => e.Event == JournalEvent.Answered).GroupBy(e => e.RowId).ToDictionaryAsync(g => g.Key, g => g.Count(), Cancellation);
        Assert.Equal(pictures, rows.Count);
        Assert.All(rows, r => Assert.Equal(r.Status == RowStatus.Answered ? (1, 2, true) : (0, 0, false), (answers.GetValueOrDefault(r.Id), r.Cells.Count, r.Answer is not null)));
        Assert.All(rows.Where(r => r.Status != RowStatus.Running), r => Assert.Equal((null, null), (r.NodeId, r.LeaseUntil)));
        return rows;
    }

    /// <summary>Every row was answered, and once.</summary>
    public async Task CheckAllAnsweredAsync(int pictures) => Assert.All(await CheckAsync(pictures), r => Assert.Equal(RowStatus.Answered, r.Status));

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _data.Delete(recursive: true);
    }

    private async Task SetAsync(BatchStatus status)
    {
        await using var db = Open();
        await db.Batches.ExecuteUpdateAsync(set => set.SetProperty(b => b.Status, status), Cancellation);
    }

    private string[] Settings => [$"--Studio:Database={_database}"];

    private string CallsOf(string node) => System.IO.Path.Combine(_data.FullName, $"calls{node}.txt");
}
