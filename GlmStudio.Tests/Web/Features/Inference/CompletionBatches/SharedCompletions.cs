using System.Text.Json;
using GlmStudio.Tests.Support;
using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Tests.Web.Features.Inference.CompletionBatches;

/// <summary>A data folder and a database for batches of <c>/v1</c> that real processes share.</summary>
internal sealed class SharedCompletions : IDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("glm-completions-");
    private readonly string _database;

    /// <param name="database">PostgreSQL, or empty: SQLite in the data folder.</param>
    public SharedCompletions(string database = "") => _database = database is "" ? $"Data Source={Path.Combine(_data.FullName, "studio.db")};Default Timeout=30" : database;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public StudioDatabase Database => new(_database);

    /// <summary>Starts a process; the node's name keeps the lines that it asks apart.</summary>
    public Task<SecondProcess> ServeAsync(string node = "", int milliseconds = 30, params string[] settings) =>
        SecondProcess.ServeAsync(_data.FullName, CallsOf(node), Cancellation, milliseconds, [$"--Studio:Database={_database}", .. settings]);

    /// <summary>Sends a batch for the engine <c>slow</c> whose lines are named <c>prefix-1</c> and so on.</summary>
    public static async Task<string> SendAsync(SecondProcess server, int lines, string prefix = "line")
    {
        var file = await BatchSteps.UploadAsync(server.Http, [.. Enumerable.Range(1, lines).Select(i => BatchSteps.PictureLine($"{prefix}-{i}", "slow"))]);
        return (await BatchSteps.StartAsync(server.Http, file)).Body.GetProperty("id").GetString()!;
    }

    /// <summary>The lines that a node's engine was asked, in order.</summary>
    public string[] AskedOf(string node = "") => File.Exists(CallsOf(node)) ? File.ReadAllLines(CallsOf(node)) : [];

    public async Task UntilAskedAsync(int count, params string[] nodes)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(2));
        while (nodes.All(n => AskedOf(n).Length < count) && await timer.WaitForNextTickAsync(Cancellation))
        {
        }
    }

    public static Task<JsonElement> UntilCompletedAsync(SecondProcess server, string batch) =>
        server.UntilAsync($"/v1/batches/{batch}", b => b.GetProperty("status").GetString() == "completed", Cancellation);

    /// <summary>Where a batch's answers come to stand.</summary>
    public string OutputOf(string batch) => Path.Combine(_data.FullName, "files", $"file-{batch["batch_".Length..]}-output");

    /// <summary>Every line was answered, stands once in the output file and in order, and nothing is left over.</summary>
    public async Task CheckCompletedAsync(string id, int lines, string prefix = "line")
    {
        await using var db = Database.CreateDbContext();
        var batch = await db.CompletionBatches.AsNoTracking().SingleAsync(b => b.Id == id, Cancellation);
        Assert.Equal((CompletionBatchStatus.Completed, lines, lines, 0, null), (batch.Status, batch.Total, batch.Completed, batch.Failed, batch.ErrorFileId));
        Assert.Equal(Path.GetFileName(OutputOf(id)), batch.OutputFileId);
        var written = File.ReadLines(OutputOf(id)).Select(l => JsonElement.Parse(l)).ToList();
        Assert.Equal(Enumerable.Range(1, lines).Select(i => $"{prefix}-{i}"), written.Select(l => l.CustomId()));
        Assert.All(written, l => Assert.Equal(200, l.GetProperty("response").GetProperty("status_code").GetInt32()));
        Assert.Equal(new FileInfo(OutputOf(id)).Length, (await db.ApiFiles.SingleAsync(f => f.Id == batch.OutputFileId, Cancellation)).ByteCount);
        Assert.Equal(0, await db.CompletionLines.CountAsync(l => l.BatchId == id, Cancellation));
        Assert.False(File.Exists(OutputOf(id) + ".part"));
    }

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _data.Delete(recursive: true);
    }

    private string CallsOf(string node) => Path.Combine(_data.FullName, $"calls{node}.txt");
}
