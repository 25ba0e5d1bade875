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
    public void Next_PromptsAhead_AreReadBeforeTheOthersTurn()
    {
        var scheduler = new Scheduler(slots: 5, chunk: 10, ahead: 20);
        var first = Admit(scheduler, prompt: 5);
        Run(scheduler);
        var others = Enumerable.Range(0, 3).Select(_ => Admit(scheduler, prompt: 8)).ToList();

        var steps = Enumerable.Range(0, 5).Select(_ => Run(scheduler)!).ToList();

        // 15 tokens were left of the first turn: two prompts of eight.
        Assert.Equal([others[0], others[1], first, others[2], first], steps.Select(s => s.Sequences[0]));
        Assert.Equal([1, 1, 3, 1, 4], steps.Select(s => s.Sequences.Count));
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
    public void Next_SmallGapBetweenSlots_RunsAlongForNothingAtItsStart()
    {
        var scheduler = new Scheduler(slots: 3, chunk: 10);
        var sequences = AdmitAll(scheduler, 3);
        scheduler.Finish(sequences[1]);
        var step = Run(scheduler)!;
        Assert.Equal([0, 2], step.Sequences.Select(s => s.Slot));
        Assert.Equal([KeyValuePair.Create(1, 0)], step.Idle);
    }

    [Fact]
    public void Next_PromptBeingReadBetweenOthers_RunsAlongWhereItIsReadOn()
    {
        var scheduler = new Scheduler(slots: 3, chunk: 10);
        var sequences = AdmitAll(scheduler, 3);
        scheduler.Finish(sequences[1]);
        var reading = Admit(scheduler, prompt: 25);
        var steps = Enumerable.Range(0, 4).Select(_ => Run(scheduler)!).ToList();
        Assert.Equal(1, reading.Slot);
        Assert.Equal([0, 10], steps.Where(s => s.Start < 0).Select(s => Assert.Single(s.Idle).Value));
    }

    [Fact]
    public void Next_LargeGapBetweenSlots_SplitsTheStep()
    {
        var slots = Scheduler.MostIdle + 3;
        var scheduler = new Scheduler(slots, chunk: 10);
        var sequences = AdmitAll(scheduler, slots);
        sequences[1..^1].ForEach(scheduler.Finish);
        var steps = new[] { Run(scheduler)!, Run(scheduler)! };
        Assert.All(steps, s => Assert.Single(s.Sequences));
        Assert.Equal([0, slots - 1], steps.Select(s => s.Sequences[0].Slot).Order());
    }

    [Fact]
    public void Shrink_FourRunning_YoungestWaitAgainBeforeTheOthersWithTheirTokens()
    {
        var scheduler = new Scheduler(slots: 4, chunk: 10);
        var sequences = AdmitAll(scheduler, 4);
        var later = Admit(scheduler, 2);
        Run(scheduler);
        var tokens = sequences[2].Generated;

        Assert.True(scheduler.Shrink());
        Assert.Equal((2, 3, 2), (scheduler.Running, scheduler.Waiting, scheduler.Limit));
        Assert.Equal((2 + tokens, 0, false), (sequences[2].ToRead, sequences[2].Prefilled, sequences[2].IsPrefilled));
        scheduler.Finish(sequences[0]);
        Run(scheduler);
        Assert.Equal((0, -1, -1), (sequences[2].Slot, sequences[3].Slot, later.Slot));
    }

    [Fact]
    public void Next_SequencePutBack_ReadsWhatItHasAnsweredAndGoesOn()
    {
        var scheduler = new Scheduler(slots: 2, chunk: 10);
        var sequences = AdmitAll(scheduler, 2);
        for (var i = 0; i < 20; i++) Run(scheduler);
        var generated = sequences[1].Generated;
        scheduler.Shrink();
        scheduler.Finish(sequences[0]);

        var steps = Enumerable.Range(0, 4).Select(_ => Run(scheduler)!).ToList();

        Assert.Equal([(0, 10, false), (10, 10, false), (20, generated + 2 - 20, true), (-1, 1, true)], steps.Select(s => (s.Start, s.Count, s.GivesTokens)));
        Assert.Equal((generated + 2, generated + 2 + 1), (sequences[1].Generated, sequences[1].Cached));
    }

    [Fact]
    public void Shrink_OneRunning_IsNoHelp()
    {
        var scheduler = new Scheduler(slots: 2, chunk: 10);
        AdmitAll(scheduler, 1);
        Assert.False(scheduler.Shrink());
    }

    [Fact]
    public void Next_LongCalmAfterAShortage_LetsOneMoreIn()
    {
        var scheduler = new Scheduler(slots: 4, chunk: 10);
        AdmitAll(scheduler, 4);
        scheduler.Shrink();
        for (var i = 0; i < RunningLimit.Patience; i++) Run(scheduler);
        Run(scheduler);
        Assert.Equal((3, 3), (scheduler.Limit, scheduler.Running));
    }

    [Fact]
    public void Next_NoRoomForAnother_WaitsUntilThereIs()
    {
        var free = 100L;
        var scheduler = new Scheduler(slots: 4, chunk: 10, new SequenceRoom(bytesPerToken: 1, () => free));
        var (first, second) = (Admit(scheduler, 2), Admit(scheduler, 2));
        Run(scheduler);
        Assert.Equal((1, 1), (scheduler.Running, scheduler.Waiting));
        free = 1000;
        Run(scheduler);
        Assert.Equal((0, 1), (first.Slot, second.Slot));
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

    // Each has read its prompt and waits for its next token.
    private static List<Sequence> AdmitAll(Scheduler scheduler, int count)
    {
        var sequences = Enumerable.Range(0, count).Select(_ => Admit(scheduler, 2)).ToList();
        while (!sequences.TrueForAll(s => s.IsPrefilled)) Run(scheduler);
        return sequences;
    }

    private static Sequence Admit(Scheduler scheduler, int prompt)
    {
        var sequence = new Sequence(prompt, 100);
        scheduler.Add(sequence);
        return sequence;
    }

    private static Step? Run(Scheduler scheduler)
    {
        var step = scheduler.Next();
        if (step is not null) scheduler.Commit(step);
        return step;
    }
}
