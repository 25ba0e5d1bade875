using GlmStudio.Tests.Support;
using GlmStudio.Web.Data;

namespace GlmStudio.Tests.Web.Data;

public sealed class WakeUpTests : IDisposable
{
    private static readonly TimeSpan Never = Timeout.InfiniteTimeSpan;
    private readonly ChangeFeed _changes = new(TimeProvider.System);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _changes.Dispose();

    [Fact(Timeout = 300_000)]
    public async Task Rest_Change_Ends()
    {
        using var wake = new WakeUp(_changes, "thing", Never, TimeProvider.System);
        var rest = wake.RestAsync(Cancellation);
        Assert.False(rest.IsCompleted);
        _changes.Raise("thing", 1);
        await rest;
    }

    [Fact(Timeout = 300_000)]
    public async Task Rest_NoChange_EndsAtTheGlance()
    {
        using var wake = new WakeUp(_changes, "thing", TimeSpan.FromHours(1), new ImpatientTime());
        await wake.RestAsync(Cancellation);
    }

    [Fact(Timeout = 300_000)]
    public async Task Rest_AfterOneThatEndedWithoutAChange_HearsTheNext()
    {
        using var wake = new WakeUp(_changes, "thing", Never, TimeProvider.System);
        await wake.RestAsync(new CancellationToken(canceled: true));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var broken = wake.RestAsync(stop.Token);
        await stop.CancelAsync();
        await broken;
        _changes.Raise("thing", 1);
        await wake.RestAsync(Cancellation);
    }
}
