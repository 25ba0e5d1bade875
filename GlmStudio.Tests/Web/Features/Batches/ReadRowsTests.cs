using GlmStudio.Tests.Support;
using GlmStudio.Web.Features.Batches;

namespace GlmStudio.Tests.Web.Features.Batches;

public sealed class ReadRowsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Handle_OnlyMessages_LeavesOutRowsWithoutAnOpenOne()
    {
        await using var database = await TestDatabase.CreateAsync();
        var batch = await new HandMadeBatch().Row(["Shop", null, "5"])
            .Row(["Shop", null, "6"]).With(r => r.Cells[2].Problem = "Too high.")
            .Row(["Shop", null, "7"]).With(r => r.Cells[2].Problem = "Too high.").Corrected("total", "5").SaveAsync(database.Database);
        var (rows, count) = await new ReadRows(database.Database).HandleAsync(batch.Id, null, true, null, 0, 50, Cancellation);
        Assert.Equal((1, 1), (count, Assert.Single(rows).Ordinal));
    }
}
