using System.Diagnostics;
using System.Globalization;
using GlmStudio.Tests.Support;
using GlmStudio.Web.Data;
using GlmStudio.Web.Data.Cluster;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Features.Batches.Running;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Tests.Web.Features.Batches;

/// <summary>What claiming and saving a row costs in a batch of 100,000, written and not judged: <c>./test -class "*ClaimCostTests" -explicit only -showLiveOutput</c>.</summary>
[Collection(typeof(OnPostgres))]
public sealed class ClaimCostTests(PostgresServer postgres)
{
    private const int Rows = 100_000;
    private const int WarmUp = 10_000;
    private const int Measured = 10_000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory(Explicit = true)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ClaimAndAnswer_HundredThousandRows_FindTheNextByAnIndex(bool onPostgres)
    {
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(new FakeEngine()), onPostgres ? [$"--Studio:Database={await postgres.CreateDatabaseAsync()}"] : []);
        var id = await studio.CreateAsync(BatchScene.Order(await studio.SeedAsync(1)), OwnerProcess.Current);
        await FillAsync(studio, onPostgres);
        var claims = studio.Get<RowClaims>();
        // The first thousands are run before their code is compiled for good.
        await AnswerAsync(claims, id, WarmUp);
        var (claiming, saving) = await AnswerAsync(claims, id, Measured);
        var plan = await PlanAsync(studio, id, onPostgres);
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"a row: claimed in {claiming.TotalMilliseconds / Measured:0.00} ms, saved in {saving.TotalMilliseconds / Measured:0.00} ms\n{plan}"));
        Assert.Contains(onPostgres ? "IX_Rows_Waiting" : "IX_Rows_BatchId_Status_Ordinal", plan, StringComparison.Ordinal);
    }

    private static async Task<(TimeSpan Claiming, TimeSpan Saving)> AnswerAsync(RowClaims claims, int batchId, int rows)
    {
        var (claiming, saving) = (TimeSpan.Zero, TimeSpan.Zero);
        for (var i = 0; i < rows; i++)
        {
            var start = Stopwatch.GetTimestamp();
            var row = (await claims.ClaimAsync(batchId, Cancellation))!;
            var claimed = Stopwatch.GetTimestamp();
            Assert.True(await claims.AnswerAsync(row, new RowAnswer("{}", 0.1, [new Cell { FieldKey = "total", Value = "1" }, new Cell { FieldKey = "date", Value = "2" }])));
            claiming += Stopwatch.GetElapsedTime(start, claimed);
            saving += Stopwatch.GetElapsedTime(claimed);
        }
        return (claiming, saving);
    }

    private static async Task FillAsync(StudioApp studio, bool onPostgres)
    {
        await using var db = studio.OpenDatabase();
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO "Rows" ("BatchId", "Ordinal", "Repeat", "ImageItemId", "Status", "Seconds", "Attempts", "Comment", "ConfirmedCells", "ConfirmationSeconds")
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {Rows}) SELECT 1, i, 0, (SELECT "Id" FROM "Images"), 'Queued', 0, 0, '', 0, 0 FROM n
            """, Cancellation);
        await db.Batches.ExecuteUpdateAsync(set => set.SetProperty(b => b.Status, BatchStatus.Running), Cancellation);
        await db.Database.ExecuteSqlRawAsync(onPostgres ? "ANALYZE" : "PRAGMA optimize", Cancellation);
    }

    private static async Task<string> PlanAsync(StudioApp studio, int batchId, bool onPostgres)
    {
        await using var db = studio.OpenDatabase();
        await using var connection = db.Database.GetDbConnection();
        await connection.OpenAsync(Cancellation);
        await using var command = connection.CreateCommand();
        var values = new object[] { batchId, "'a'", onPostgres ? "60" : "'2100'", "'2000'" };
        command.CommandText = (onPostgres ? "EXPLAIN " : "EXPLAIN QUERY PLAN ") + string.Format(CultureInfo.InvariantCulture, onPostgres ? ClaimSql.Postgres : ClaimSql.Sqlite, values);
        await using var reader = await command.ExecuteReaderAsync(Cancellation);
        List<string> lines = [];
        while (await reader.ReadAsync(Cancellation)) lines.Add(reader.GetValue(reader.FieldCount - 1).ToString()!);
        return string.Join('\n', lines);
    }
}
