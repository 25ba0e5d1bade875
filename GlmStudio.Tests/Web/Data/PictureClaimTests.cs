using GlmStudio.Tests.Support;
using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Tests.Web.Data;

[Collection(typeof(OnPostgres))]
public sealed class PictureClaimTests(PostgresServer postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Take_TwoNodesAtOnce_GetDifferentPictures()
    {
        var database = await SeedAsync(5);
        await using var here = database.CreateDbContext();
        await using var there = database.CreateDbContext();
        await using var first = await PictureClaim.TakeAsync(here, 0, 2, Cancellation);
        await using var second = await PictureClaim.TakeAsync(there, 0, 2, Cancellation);
        Assert.Equal([0, 1], first.Items.Select(i => i.Ordinal));
        Assert.Equal([2, 3], second.Items.Select(i => i.Ordinal));
    }

    [Fact]
    public async Task Take_MeasuredAndKept_AreNotTakenAgain()
    {
        var database = await SeedAsync(2);
        await using (var db = database.CreateDbContext())
        {
            await using var claim = await PictureClaim.TakeAsync(db, 0, 1, Cancellation);
            claim.Items[0].Quality = new ImageQuality();
            await db.SaveChangesAsync(Cancellation);
            await claim.KeepAsync(Cancellation);
        }
        await using var again = database.CreateDbContext();
        await using var next = await PictureClaim.TakeAsync(again, 0, 10, Cancellation);
        Assert.Equal([1], next.Items.Select(i => i.Ordinal));
    }

    [Fact]
    public async Task Take_PicturesBeingMeasured_MayBeAskedMeanwhile()
    {
        var database = await SeedAsync(1);
        await using var here = database.CreateDbContext();
        await using var claim = await PictureClaim.TakeAsync(here, 0, 1, Cancellation);
        await using var there = database.CreateDbContext();
        await there.Database.ExecuteSqlAsync($"SET lock_timeout = '2s'", Cancellation);
        var (image, dataset) = (claim.Items[0].Id, claim.Items[0].DatasetId);
        var version = new TemplateVersion { Number = 1, Template = new Template { Key = "t", Name = "T" } };
        there.Rows.Add(new Row { ImageItemId = image, Batch = new Batch { Name = "b", DatasetId = dataset, Engine = "reader", RowCount = 1, TemplateVersion = version } });
        Assert.True(await there.SaveChangesAsync(Cancellation) > 0);
    }

    private async Task<StudioDatabase> SeedAsync(int pictures)
    {
        var database = new StudioDatabase(await postgres.CreateDatabaseAsync());
        await database.MigrateAsync(Cancellation);
        await using var db = database.CreateDbContext();
        var dataset = new Dataset { Name = "May" };
        for (var i = 0; i < pictures; i++) db.Images.Add(new ImageItem { Dataset = dataset, Ordinal = i, Path = $"{i}.jpg", ContentHash = HandMadeBatch.Hash(i) });
        await db.SaveChangesAsync(Cancellation);
        return database;
    }
}
