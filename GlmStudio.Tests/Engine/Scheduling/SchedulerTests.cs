using GlmStudio.Engine.Scheduling;

namespace GlmStudio.Tests.Engine.Scheduling;

public sealed class SchedulerTests
{
    [Fact]
    public void Next_LongPrompt_IsReadInChunksBetweenOthersTokens()
    {
        var scheduler = new Scheduler(slots: 4, chunk: 10);
        var first = Admit(scheduler, prompt: 5);
        Run(scheduler);
        var second = Admit(scheduler, prompt: 25);

        var steps = Enumerable.Range(0, 6).Select(_ => Run(scheduler)!).ToList();

        Assert.Equal([first, second, first, second, first, second], steps.Select(s => s.Sequences[0]));
        Assert.Equal([1, 10, 1, 10, 1, 5], steps.Select(s => s.Count));
        Assert.Equal([first, second], Run(scheduler)!.Sequences);
    }

    [Fact]
    public void Next_MoreThanSlots_WaitUntilOneIsFree()
    {
        var scheduler = new Scheduler(slots: 2, chunk: 10);
        var (a, b, c) = (Admit(scheduler, 3), Admit(scheduler, 3), Admit(scheduler, 3));
        Run(scheduler);
        Assert.Equal((2, 1), (scheduler.Running, scheduler.Waiting));
        scheduler.Finish(a);
        Run(scheduler);
        Assert.Equal(0, c.Slot);
        Assert.Equal(1, b.Slot);
    }

    [Fact]
    public void Next_GapBetweenSlots_SplitsTheStep()
    {
        var scheduler = new Scheduler(slots: 3, chunk: 10);
        var sequences = Enumerable.Range(0, 3).Select(_ => Admit(scheduler, 2)).ToList();
        while (!sequences.TrueForAll(s => s.IsPrefilled)) Run(scheduler);
        scheduler.Finish(sequences[1]);
        var steps = new[] { Run(scheduler)!, Run(scheduler)! };
        Assert.All(steps, s => Assert.Single(s.Sequences));
        Assert.Equal([0, 2], steps.Select(s => s.Sequences[0].Slot).Order());
    }

    [Fact]
    public void Next_CancelledWhileWaiting_IsNeverRun()
    {
        var scheduler = new Scheduler(slots: 1, chunk: 10);
        var (a, b, c) = (Admit(scheduler, 2), Admit(scheduler, 2), Admit(scheduler, 2));
        Run(scheduler);
        b.IsCancelled = true;
        scheduler.Finish(a);
        Assert.Equal(c, Run(scheduler)!.Sequences[0]);
    }

    [Fact]
    public void Next_NothingToDo_IsNull() => Assert.Null(new Scheduler(2, 10).Next());

    private static Sequence Admit(Scheduler scheduler, int prompt)
    {
        var sequence = new Sequence(prompt, 100);
        scheduler.Add(sequence);
        return sequence;
    }

    private static Step? Run(Scheduler scheduler)
    {
        var step = scheduler.Next();
        if (step is not null) Scheduler.Commit(step);
        return step;
    }
}
