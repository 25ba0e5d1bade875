using GlmStudio.Engine.Scheduling;

namespace GlmStudio.Tests.Engine.Scheduling;

public sealed class PictureQueueTests
{
    [Fact]
    public void Next_EqualPatches_GoTogetherUnderTheBudgetOldestFirst()
    {
        var queue = Queue(budget: 300, 100, 60, 100, 100, 100, 60);
        Assert.Equal([0, 2, 3], Next(queue));
        Assert.Equal([1, 5], Next(queue));
        Assert.Equal([4], Next(queue));
        Assert.Empty(Next(queue));
    }

    [Fact]
    public void Next_WhereNumbersOfPicturesArePlanned_TakesPowersOfTwo()
    {
        var queue = Queue(budget: 10_000, isPlanned: true, [.. Enumerable.Repeat(150, 7)]);
        Assert.Equal([0, 1, 2, 3], Next(queue));
        Assert.Equal([4, 5], Next(queue));
        Assert.Equal([6], Next(queue));
    }

    [Fact]
    public void Next_LargerThanTheBudget_GoesAlone()
    {
        var queue = Queue(budget: 1, 500, 500);
        Assert.Equal([0], Next(queue));
        Assert.Equal([1], Next(queue));
    }

    [Fact]
    public void Next_CancelledPicture_IsLeftOut()
    {
        var queue = new PictureQueue<Picture>(1000);
        List<Picture> pictures = [new(0, 10), new(1, 10), new(2, 10)];
        pictures.ForEach(queue.Add);
        pictures[1].IsCancelled = true;
        Assert.Equal([0, 2], Next(queue));
    }

    [Fact]
    public void Halve_GroupWithoutMemory_ComesAgainInSmallerRunsBeforeTheOthers()
    {
        var queue = Queue(budget: 1000, 100, 100, 100, 100, 60);
        queue.Halve(queue.Next());
        Assert.Equal(200, queue.Budget);
        Assert.Equal([0, 1], Next(queue));
        Assert.Equal([2, 3], Next(queue));
        Assert.Equal([4], Next(queue));
    }

    [Fact]
    public void Calm_ManyRunsAfterAShortage_DoublesTheBudgetUpToItsOwn()
    {
        var queue = Queue(budget: 300, 100, 100);
        queue.Halve(queue.Next());
        for (var i = 0; i < PictureQueue<Picture>.Patience; i++) queue.Calm();
        Assert.Equal((200, true), (queue.Budget, queue.IsShrunk));
        for (var i = 0; i < PictureQueue<Picture>.Patience; i++) queue.Calm();
        Assert.Equal((300, false), (queue.Budget, queue.IsShrunk));
    }

    private static PictureQueue<Picture> Queue(int budget, params int[] patches) => Queue(budget, isPlanned: false, patches);

    private static PictureQueue<Picture> Queue(int budget, bool isPlanned, int[] patches)
    {
        var queue = new PictureQueue<Picture>(budget, isPlanned);
        foreach (var (number, count) in patches.Index()) queue.Add(new Picture(number, count));
        return queue;
    }

    private static IEnumerable<int> Next(PictureQueue<Picture> queue) => queue.Next().Select(p => p.Number);

    private sealed class Picture(int number, int patches) : WaitingPicture
    {
        public int Number { get; } = number;

        public override int Patches => patches;
    }
}
