using System.Diagnostics;
using GlmStudio.Engine;
using GlmStudio.Tests.Support;
using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;

namespace GlmStudio.Tests.Web.Data;

public sealed class BatchScoresTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_UnknownBatch_IsNull()
    {
        await using var database = await TestDatabase.CreateAsync();
        Assert.Null(await new BatchScores(database.Database).ReadAsync(99, null, Cancellation));
    }

    [Fact]
    public async Task Read_MixedBatch_GivesTheFiguresPerField()
    {
        await using var database = await TestDatabase.CreateAsync();
        var batch = await new HandMadeBatch()
            .Row(["Blue Café", "1/3/2026", "80.90"], ["BLUE CAFÉ", "2026-03-01", "RM 80.90"])
            .Row(["Tea House", null, "12"], ["Tee House", "2026-03-02", ""]).Corrected("company", "Tee House")
            .Row([], ["Shop", "2026-03-03", "5"], RowStatus.Failed, "zero bytes")
            .Row([], ["Shop", "2026-03-03", "5"], RowStatus.Queued)
            .SaveAsync(database.Database);

        var score = (await new BatchScores(database.Database).ReadAsync(batch.Id, null, Cancellation))!;

        Assert.Equal((3, 1, 1), (score.LabelledRows, score.PendingRows, score.FailedRows));
        Assert.Equal([(1, 1, 1, 0), (1, 0, 2, 0), (1, 0, 1, 1)],
            score.Engine.Fields.Select(f => (f.Counts.Exact, f.Counts.Wrong, f.Counts.Missing, f.Counts.Extra)));
        Assert.Equal(2, score.Corrected.Fields[0].Counts.Exact);
    }

    [Fact]
    public async Task Read_BatchWithoutLabels_HasNoLabels()
    {
        await using var database = await TestDatabase.CreateAsync();
        var batch = await new HandMadeBatch().Row(["a", null, null]).SaveAsync(database.Database);
        Assert.False((await new BatchScores(database.Database).ReadAsync(batch.Id, null, Cancellation))!.HasLabels);
    }

    [Fact]
    public async Task Read_OtherLabelSetOfTheDataset_IsComparedWith()
    {
        await using var database = await TestDatabase.CreateAsync();
        var batch = await new HandMadeBatch().Row(["a", null, null], ["b", null, null]).SaveAsync(database.Database);
        var other = await AddLabelSetAsync(database, batch, "a");
        var scores = new BatchScores(database.Database);
        Assert.Equal(0, (await scores.ReadAsync(batch.Id, null, Cancellation))!.Engine.Overall.Exact);
        Assert.Equal(1, (await scores.ReadAsync(batch.Id, other, Cancellation))!.Engine.Overall.Exact);
    }

    [Fact]
    public async Task Rows_OneRowAsked_GivesThatRowWithItsLabels()
    {
        await using var database = await TestDatabase.CreateAsync();
        var batch = await new HandMadeBatch().Row(["a", null, null], ["a", null, null]).Row(["b", null, null], ["b", null, null]).SaveAsync(database.Database);
        var scores = new BatchScores(database.Database);
        var found = (await scores.FindAsync(batch.Id, null, Cancellation))!;
        var second = (await scores.RowsAsync(found, null, Cancellation).ToListAsync(Cancellation))[1];
        var row = Assert.Single(await scores.RowsAsync(found, second.Link.Id, Cancellation).ToListAsync(Cancellation));
        Assert.Equal(("b", "b", "march/IMG_0001.jpg"), (row.Cells[0].Value, row.Cells[0].Label, row.Link.Name));
    }

    [Fact]
    public async Task Read_TenThousandRowsOfTenFields_TakesSeconds()
    {
        await using var database = await TestDatabase.CreateAsync();
        var fields = Enumerable.Range(0, 10).Select(i => new Field { Key = $"f{i}", Label = $"Field {i}", Type = i % 2 == 0 ? FieldType.Text : FieldType.Money }).ToList();
        var many = new HandMadeBatch { Fields = fields }.Row([.. fields.Select((_, f) => $"# {f}")], [.. fields.Select((_, f) => f == 3 ? "other 7" : $"# {f}")]);
        var batch = await many.SaveAsync(database.Database, rows: 10_000);

        var watch = Stopwatch.StartNew();
        var score = (await new BatchScores(database.Database).ReadAsync(batch.Id, null, Cancellation))!;

        TestContext.Current.SendDiagnosticMessage($"10,000 rows × 10 fields scored in {watch.ElapsedMilliseconds} ms");
        Assert.Equal((10_000, 100_000, 90_000), (score.LabelledRows, score.Engine.Overall.Cells, score.Engine.Overall.Exact));
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 20);
    }

    private static async Task<int> AddLabelSetAsync(TestDatabase database, Batch batch, string company)
    {
        await using var db = database.Open();
        var image = db.Images.Single(i => i.DatasetId == batch.DatasetId);
        var set = new LabelSet
        {
            DatasetId = batch.DatasetId, Name = "Second", FileName = "second.xlsx",
            Labels = [new Label { ImageItemId = image.Id, FieldKey = "company", Value = company }],
        };
        db.Add(set);
        await db.SaveChangesAsync(Cancellation);
        return set.Id;
    }
}
