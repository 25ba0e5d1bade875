using GlmStudio.Web.Data;
using GlmStudio.Web.Data.Cluster;

namespace GlmStudio.Tests.Web.Data.Cluster;

public sealed class GatheredChangesTests
{
    private readonly GatheredChanges _gathered = new("me");

    [Fact]
    public void Take_SameChangeOften_IsToldOnce()
    {
        for (var i = 0; i < 1_000; i++)
        {
            _gathered.Add("batch", 7);
            _gathered.Add("row", i % 3);
        }
        Assert.Equal(["me|batch:7;row:0,1,2"], _gathered.Take());
    }

    [Fact]
    public void Take_ManyOfAKind_AreAnyOfIt()
    {
        for (var i = 0; i < 100_000; i++) _gathered.Add("row", i);
        Assert.Equal(["me|row:*"], _gathered.Take());
    }

    [Fact]
    public void Take_ManyKinds_AreSplitIntoWhatPostgresTakes()
    {
        for (var kind = 0; kind < 20; kind++)
            for (var i = 0; i < 150; i++) _gathered.Add($"kind-{kind}", 1_000_000_000 + i);
        var messages = _gathered.Take();
        Assert.InRange(messages.Count, 2, 20);
        Assert.All(messages, m => Assert.InRange(m.Length, 1, 7_999));
        Assert.Equal(20, messages.Sum(m => m.Split(';').Length));
    }

    [Fact]
    public void Take_AfterALoss_SaysThatAnythingMayHaveChanged()
    {
        _gathered.Add("row", 1);
        _gathered.AddAnything();
        Assert.Equal(["me|*"], _gathered.Take());
    }

    [Fact]
    public void Take_Twice_IsEmptyTheSecondTime()
    {
        _gathered.Add("row", 1);
        _gathered.Take();
        Assert.Empty(_gathered.Take());
    }

    [Theory]
    [InlineData("other|batch:7;row:3,4", "row 4")]
    [InlineData("other|row:*", "row 4", "row 5")]
    [InlineData("other|*", "batch 1", "row 4", "row 5")]
    [InlineData("me|row:4")]
    [InlineData("nonsense")]
    [InlineData("other|row")]
    public async Task Hear_Message_WakesThoseItConcerns(string message, params string[] expected)
    {
        using var changes = new ChangeFeed(TimeProvider.System);
        var woken = new List<string>();
        foreach (var (kind, id) in (ReadOnlySpan<(string, long)>)[("batch", 1), ("row", 4), ("row", 5)])
            changes.Subscribe(kind, id, () => { lock (woken) woken.Add($"{kind} {id}"); return Task.CompletedTask; });
        var last = new TaskCompletionSource();
        changes.Subscribe("last", null, () => { last.TrySetResult(); return Task.CompletedTask; });
        ChangeMessage.Hear(message, "me", changes);
        changes.Raise("last", 0);
        await last.Task.WaitAsync(TestContext.Current.CancellationToken);
        SpinWait.SpinUntil(() => { lock (woken) return woken.Count >= expected.Length; }, TimeSpan.FromSeconds(10));
        lock (woken) Assert.Equal(expected, woken.Order(StringComparer.Ordinal));
    }
}
