using GlmStudio.Tests.Support;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Features.Batches;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Tests.Web.Features.Batches;

public sealed class CreateBatchTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Handle_TenThousandPictures_MakesOneRowEach()
    {
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(new FakeEngine()));
        var scene = await studio.SeedAsync(0);
        using var bytes = new MemoryStream([1]);
        var file = await studio.Get<GlmStudio.Web.Data.ImageStore>().AddAsync(bytes, 1, Cancellation);
        await using (var db = studio.OpenDatabase())
        {
            db.Images.AddRange(Enumerable.Range(0, 10_000).Select(i => new ImageItem
            {
                DatasetId = scene.DatasetId, Ordinal = i, Path = BatchScene.PathOf(i), ContentHash = file.Hash,
            }));
            await db.SaveChangesAsync(Cancellation);
        }
        var id = await studio.CreateAsync(BatchScene.Order(scene), owner: "elsewhere|1|1");
        await using var read = studio.OpenDatabase();
        Assert.Equal(10_000, await read.Rows.CountAsync(r => r.BatchId == id && r.Status == RowStatus.Queued, Cancellation));
        Assert.Equal(10_000, (await read.Batches.SingleAsync(Cancellation)).RowCount);
    }

    [Fact]
    public async Task Handle_WithLimit_TakesTheFirstPictures()
    {
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(new FakeEngine()));
        var scene = await studio.SeedAsync(5);
        var id = await studio.CreateAsync(BatchScene.Order(scene) with { Limit = 2 });
        Assert.Equal([0, 1], (await studio.RowsAsync(id)).Select(r => r.Ordinal));
    }

    [Fact]
    public async Task Handle_PictureWithProblem_IsAFailedRowAtOnce()
    {
        var engine = new FakeEngine();
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(engine));
        var id = await studio.StartBatchAsync(3, item => item.Problem = item.Ordinal == 1 ? "The file is cut short." : null);
        await studio.UntilAsync(id, BatchStatus.Finished);
        var rows = await studio.RowsAsync(id);
        Assert.Equal([RowStatus.Answered, RowStatus.Failed, RowStatus.Answered], rows.Select(r => r.Status));
        Assert.Equal("The file is cut short.", rows[1].Error);
        Assert.Equal(2, engine.Calls);
    }

    [Fact]
    public async Task Handle_WithoutName_NamesItAfterDatasetAndTemplate()
    {
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(new FakeEngine()));
        var id = await studio.StartBatchAsync(1);
        await using var db = studio.OpenDatabase();
        Assert.Equal("May · Slip v1", (await db.Batches.SingleAsync(b => b.Id == id, Cancellation)).Name);
    }

    public static TheoryData<string, Func<BatchOrder, BatchOrder>, string> BadOrders => new()
    {
        { "engine", o => o with { Engine = "gpt" }, "There is no engine or checkpoint folder named \"gpt\"" },
        { "dataset", o => o with { DatasetId = 99 }, "There is no dataset 99" },
        { "version", o => o with { TemplateVersionId = 99 }, "There is no template version 99" },
        { "labels", o => o with { LabelSetId = 99 }, "The dataset has no label set 99" },
        { "limit", o => o with { Limit = 0 }, "The limit is 0" },
        { "name", o => o with { Name = new string('字', 201) }, "The name has 201 characters" },
    };

    [Theory]
    [MemberData(nameof(BadOrders), DisableDiscoveryEnumeration = true)]
    public async Task Handle_BadOrder_SaysWhatIsWrong(string _, Func<BatchOrder, BatchOrder> spoil, string expected)
    {
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(new FakeEngine()));
        var order = spoil(BatchScene.Order(await studio.SeedAsync(1)));
        var created = await studio.Get<CreateBatch>().HandleAsync(order, Cancellation);
        Assert.Null(created.Id);
        Assert.Contains(expected, created.Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Handle_EmptyDataset_SaysWhatToDo()
    {
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(new FakeEngine()));
        var created = await studio.Get<CreateBatch>().HandleAsync(BatchScene.Order(await studio.SeedAsync(0)), Cancellation);
        Assert.Contains("Add pictures", created.Refusal, StringComparison.Ordinal);
        await using var db = studio.OpenDatabase();
        Assert.Empty(db.Batches);
    }

    [Fact]
    public async Task StartBatch_BadOrder_Throws()
    {
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(new FakeEngine()));
        var order = BatchScene.Order(await studio.SeedAsync(0));
        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => studio.Get<StartBatch>()(order, Cancellation));
        Assert.Contains("Add pictures", fault.Message, StringComparison.Ordinal);
    }
}
