using GlmStudio.Web.Features.Datasets.Uploads;

namespace GlmStudio.Tests.Web.Features.Datasets;

public sealed class UploadOrderTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WaitAsync_LaterRequestArrivesFirst_WaitsForTheEarlier()
    {
        var order = new UploadOrder(TimeProvider.System);
        using var second = order.Announce("u", 1);
        var waiting = second.WaitAsync(Stop);
        Assert.False(waiting.IsCompleted);
        var first = order.Announce("u", 0);
        await first.WaitAsync(Stop);
        Assert.False(waiting.IsCompleted);
        first.Dispose();
        await waiting;
    }

    [Fact]
    public async Task WaitAsync_EarlierRequestsEndedOutOfOrder_GoesOn()
    {
        var order = new UploadOrder(TimeProvider.System);
        order.Announce("u", 1).Dispose();
        order.Announce("u", 0).Dispose();
        using var third = order.Announce("u", 2);
        await third.WaitAsync(Stop);
    }

    [Fact]
    public async Task WaitAsync_SentAgainAfterAFailure_DoesNotWait()
    {
        var order = new UploadOrder(TimeProvider.System);
        for (var n = 0; n < 5; n++) order.Announce("u", n).Dispose();
        using var again = order.Announce("u", 2);
        await again.WaitAsync(Stop);
    }
}
