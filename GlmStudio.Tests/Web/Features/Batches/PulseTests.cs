using GlmStudio.Web.Data;
using GlmStudio.Web.Features.Batches;
using Npgsql;

namespace GlmStudio.Tests.Web.Features.Batches;

public sealed class PulseTests
{
    [Fact]
    public async Task Read_DatabaseAway_IsTriedAgainUntilItIsBack()
    {
        using var changes = new ChangeFeed(TimeProvider.System);
        var (reads, back) = (0, new TaskCompletionSource());
        await using var pulse = new Pulse(changes, TimeProvider.System, TimeSpan.FromMilliseconds(5), 1, () =>
        {
            if (++reads < 4) throw new NpgsqlException("away", new IOException());
            back.TrySetResult();
            return Task.CompletedTask;
        });
        changes.Raise("batch", 1);
        await back.Task.WaitAsync(TestContext.Current.CancellationToken);
    }
}
