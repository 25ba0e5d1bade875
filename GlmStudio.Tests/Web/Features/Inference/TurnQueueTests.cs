using GlmStudio.Web.Features.Inference;

namespace GlmStudio.Tests.Web.Features.Inference;

public sealed class TurnQueueTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Wait_LiveCallBehindBackgroundWork_GoesFirst()
    {
        var queue = new TurnQueue(1);
        var running = await queue.WaitAsync(isBackground: true, Cancellation);
        var (background, live) = (queue.WaitAsync(true, Cancellation), queue.WaitAsync(false, Cancellation));
        running.Dispose();
        (await live).Dispose();
        (await background).Dispose();
        Assert.True(live.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Wait_BackgroundOnSeveralPlaces_LeavesOneFree()
    {
        var queue = new TurnQueue(2);
        using var first = await queue.WaitAsync(true, Cancellation);
        var second = queue.WaitAsync(true, Cancellation);
        using var live = await queue.WaitAsync(false, Cancellation);
        Assert.False(second.IsCompleted);
        first.Dispose();
        (await second).Dispose();
    }

    [Fact]
    public async Task Wait_ThatIsGivenUp_TakesNoPlace()
    {
        var queue = new TurnQueue(1);
        var running = await queue.WaitAsync(false, Cancellation);
        using var stop = new CancellationTokenSource();
        var given = queue.WaitAsync(false, stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
        running.Dispose();
        (await queue.WaitAsync(false, Cancellation)).Dispose();
    }

    [Fact]
    public async Task Dispose_Twice_GivesOnePlaceBack()
    {
        var queue = new TurnQueue(1);
        var turn = await queue.WaitAsync(false, Cancellation);
        turn.Dispose();
        turn.Dispose();
        using var next = await queue.WaitAsync(false, Cancellation);
        Assert.False(queue.WaitAsync(false, Cancellation).IsCompleted);
    }
}
