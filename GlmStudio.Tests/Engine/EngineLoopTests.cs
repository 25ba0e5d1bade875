using System.Collections;
using GlmStudio.Engine;
using GlmStudio.Engine.Model;
using GlmStudio.Engine.Scheduling;
using GlmStudio.Engine.Sessions;
using GlmStudio.Engine.Text;
using GlmStudio.Engine.Text.Masks;
using GlmStudio.Tests.Support;

namespace GlmStudio.Tests.Engine;

/// <summary>The tiny checkpoint's real session behind an allocator that fails on demand.</summary>
public sealed class EngineLoopTests : IDisposable
{
    private const int Slots = 4;
    private const int NewTokens = 24;

    private readonly LoadedCheckpoint _model = LoadedCheckpoint.Open(TinyCheckpoint.Folder, new GlmEngineOptions { Slots = Slots, Threads = 2 }, DeviceChoice.Of(DeviceChoice.Cpu), 1024, null, TestContext.Current.CancellationToken);
    private readonly List<string> _reports = [];
    private int _runs;
    private Func<int, int, bool> _isFull = (_, _) => false;

    public void Dispose() => _model.Dispose();

    // Fails at the tenth run and wherever more than one row comes later: in the middle of answers, and while prompts are read again.
    [Fact]
    public async Task Run_NoMemoryInTheMiddle_AnswersTheSameTokensOnce()
    {
        var expected = await AnswersAsync();
        _runs = 0;
        _isFull = (run, rows) => run == 10 || run > 10 && rows > 1;

        var answers = await AnswersAsync();

        Assert.Equal(expected, answers);
        Assert.All(answers, tokens => Assert.Equal(NewTokens, tokens.Length));
        Assert.Contains("no memory for 4 requests at once (7 MiB more were needed); 2 run at once now", _reports[0], StringComparison.Ordinal);
        Assert.Contains("1 run at once now", _reports[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_NoMemoryWhileAPromptIsRead_IsReadLater()
    {
        var expected = await AnswersAsync();
        _runs = 0;
        _isFull = (run, _) => run == 3;
        Assert.Equal(expected, await AnswersAsync());
        Assert.Single(_reports);
    }

    [Fact]
    public async Task Run_NoMemoryForOneAlone_FailsItWithWhatWasMissing()
    {
        _isFull = (_, _) => true;
        await using var loop = Loop();
        var request = Request(0);
        loop.Submit(request);
        var fault = await Assert.ThrowsAsync<EngineException>(() => TokensAsync(request));
        Assert.Equal(EngineFault.OutOfMemory, fault.Fault);
        Assert.Contains("7 MiB more were needed", fault.Message, StringComparison.Ordinal);
    }

    // The middle one of three rows is no numbers: its answer ends, those beside it do not notice.
    [Fact]
    public async Task Run_OneRowDamaged_FailsItsRequestAlone()
    {
        var expected = await AnswersAsync();
        var wasThree = false;
        await using var loop = Loop((rows, first, starts, count, _) =>
        {
            var logits = _model.Text.Run(rows, first, starts, count);
            if (rows.Count == 3 && !wasThree) logits.Span.Slice(_model.Config.Text.Vocabulary, _model.Config.Text.Vocabulary).Fill(float.NaN);
            wasThree |= rows.Count == 3;
            return logits;
        });
        List<ActiveRequest> requests = [Request(0), Request(1), Request(2)];
        requests.ForEach(loop.Submit);
        var (first, last) = (TokensAsync(requests[0]), TokensAsync(requests[2]));

        var fault = await Assert.ThrowsAsync<EngineException>(() => TokensAsync(requests[1]));

        Assert.Equal(EngineFault.BadCheckpoint, fault.Fault);
        Assert.Equal(expected[0], await first);
        Assert.Equal(expected[2], await last);
    }

    // So many logits that the rows are read beside each other: each must be its own request's. Every row says the token behind its request's last one.
    [Fact]
    public async Task Run_ManyLogits_GoToTheirOwnRequests()
    {
        const int vocabulary = 100_000, known = 200;
        await using var loop = new EngineLoop(new Scheduler(Slots, 64), (rows, _, _, _, _) =>
        {
            var logits = new float[rows.OfType<SequenceTensors>().Count() * vocabulary];
            foreach (var (i, row) in rows.OfType<SequenceTensors>().Index()) logits[i * vocabulary + (row.Ids[^1] + 1) % known] = 1;
            return logits.AsMemory();
        }, vocabulary, _reports.Add);
        List<ActiveRequest> requests = [.. Enumerable.Range(0, Slots).Select(i => Request(i))];
        var last = requests.ConvertAll(r => r.Tensors.Ids[^1]);
        requests.ForEach(loop.Submit);
        var answers = await Task.WhenAll(requests.Select(TokensAsync));
        Assert.Equal(last.Select(id => Enumerable.Range(id + 1, NewTokens).Select(i => i % known)), answers);
    }

    [Fact]
    public async Task Prepare_ThatFails_IsToldAndAnswersCome()
    {
        var expected = await AnswersAsync();
        var threads = new HashSet<int>();
        await using var loop = new EngineLoop(new Scheduler(Slots, 16), (rows, first, starts, count, _) =>
        {
            threads.Add(Environment.CurrentManagedThreadId);
            return _model.Text.Run(rows, first, starts, count);
        }, _model.Config.Text.Vocabulary, _reports.Add, () =>
        {
            threads.Add(Environment.CurrentManagedThreadId);
            throw new InvalidOperationException("out of memory");
        });
        var request = Request(0);
        loop.Submit(request);
        Assert.Equal(expected[0], await TokensAsync(request));
        Assert.Contains("out of memory", Assert.Single(_reports), StringComparison.Ordinal);
        // A card's recordings belong to a thread.
        Assert.Single(threads);
    }

    // Requests 1 and 2 end early: 0 and 3 go on with two idle slots between them, then a new one reads its prompt there.
    [Fact]
    public async Task Run_IdleSlotsBetween_GiveTheSameTokens()
    {
        var expected = await AnswersAsync();
        await using var loop = Loop();
        List<ActiveRequest> requests = [Request(0, 40), Request(1, 2), Request(2, 2), Request(3, 40)];
        requests.ForEach(loop.Submit);
        var (first, last) = (TokensAsync(requests[0]), TokensAsync(requests[3]));
        await TokensAsync(requests[1]);
        var next = Request(2);
        loop.Submit(next);

        Assert.Equal(expected[2], await TokensAsync(next));
        Assert.Equal(expected[0], (await first)[..NewTokens]);
        Assert.Equal(expected[3], (await last)[..NewTokens]);
    }

    // As a card does: the logits stay where they are.
    [Fact]
    public async Task Run_SummariesOfLogits_GiveTheSameTokens()
    {
        var expected = await AnswersAsync();
        var summarised = 0;
        await using var loop = Loop((rows, first, starts, count, permitted) => Summarised(_model.Text.Run(rows, first, starts, count), permitted!, ref summarised));
        List<ActiveRequest> requests = [.. Enumerable.Range(0, Slots).Select(i => Request(i))];
        requests.ForEach(loop.Submit);

        Assert.Equal(expected, await Task.WhenAll(requests.Select(TokensAsync)));
        Assert.True(summarised >= Slots * NewTokens);
    }

    [Fact]
    public async Task Run_OneSummaryDamaged_FailsItsRequestAlone()
    {
        var expected = await AnswersAsync();
        var summarised = 0;
        await using var loop = Loop((rows, first, starts, count, permitted) =>
        {
            var logits = Summarised(_model.Text.Run(rows, first, starts, count), permitted!, ref summarised);
            return rows.Count < 2 ? logits : logits with { Summaries = [logits.Summaries![0], logits.Summaries[1] with { Normaliser = double.NaN }] };
        });
        List<ActiveRequest> requests = [Request(0), Request(1)];
        requests.ForEach(loop.Submit);
        var first = TokensAsync(requests[0]);

        Assert.Equal(EngineFault.BadCheckpoint, (await Assert.ThrowsAsync<EngineException>(() => TokensAsync(requests[1]))).Fault);
        Assert.Equal(expected[0], await first);
    }

    // How much of the limit is left decides where the thinking ends; a summary's choice is made before its step counts.
    [Fact]
    public async Task Run_SummariesOfAnAnswerWithAForm_GiveTheSameTokens()
    {
        async Task<int[]> AnswerAsync(TextRun run)
        {
            await using var loop = Loop(run);
            var request = Request(0, form: AnswerForm.OfPattern("[a-z]{6}"));
            loop.Submit(request);
            return await TokensAsync(request);
        }
        var expected = await AnswerAsync(Run);
        var summarised = 0;

        Assert.Equal(expected, await AnswerAsync((rows, first, starts, count, permitted) => Summarised(_model.Text.Run(rows, first, starts, count), permitted!, ref summarised)));
        Assert.Contains(_model.Tokenizer.AddedId("</think>")!.Value, expected);
        Assert.Equal(NewTokens - 9, Array.IndexOf(expected, _model.Tokenizer.AddedId("</think>")!.Value));
    }

    [Fact]
    public async Task Run_AFormThatCannotSayWhatMayCome_FailsItsRequestAlone()
    {
        var expected = await AnswersAsync();
        var summarised = 0;
        var stops = new Unreadable();
        await using var loop = Loop((rows, first, starts, count, permitted) =>
        {
            // In a step of both, and not while its prompt is read alone.
            stops.AreLost |= rows.Count == 2;
            return Summarised(_model.Text.Run(rows, first, starts, count), permitted!, ref summarised);
        });
        List<ActiveRequest> requests = [Request(0), Request(1, form: AnswerForm.OfPattern("[a-z]{6}"), stops: stops)];
        requests.ForEach(loop.Submit);
        var first = TokensAsync(requests[0]);

        Assert.Equal(Unreadable.Why, (await Assert.ThrowsAsync<InvalidOperationException>(() => TokensAsync(requests[1]))).Message);
        Assert.Equal(expected[0], await first);
    }

    // A summary does not do where chance chooses.
    [Fact]
    public async Task Run_ARequestThatChanceAnswers_AsksForLogits()
    {
        var asked = new List<bool>();
        await using var loop = Loop((rows, first, starts, count, permitted) =>
        {
            asked.Add(permitted is null);
            return _model.Text.Run(rows, first, starts, count);
        });
        var request = Request(0, sampling: new SamplingOptions { Temperature = 1, Seed = 3 });
        loop.Submit(request);
        await TokensAsync(request);

        Assert.DoesNotContain(false, asked);
    }

    private StepLogits Summarised(Memory<float> logits, IReadOnlyList<PermittedTokens> permitted, ref int count)
    {
        var vocabulary = _model.Config.Text.Vocabulary;
        count += permitted.Count;
        var bits = new ulong[(vocabulary + 63) / 64];
        return new StepLogits(default, [.. permitted.Select((p, i) => LogitSummaries.Of(logits.Span.Slice(i * vocabulary, vocabulary),
            p(bits) ? () => new Permission(new TokenMask([.. bits]), new HashSet<int>(), new HashSet<int>()) : null))]);
    }

    private async Task<int[][]> AnswersAsync()
    {
        await using var loop = Loop();
        var requests = Enumerable.Range(0, Slots).Select(i => Request(i)).ToList();
        requests.ForEach(loop.Submit);
        return await Task.WhenAll(requests.Select(TokensAsync));
    }

    private EngineLoop Loop() => Loop(Run);

    private EngineLoop Loop(TextRun run) => new(new Scheduler(Slots, 16), run, _model.Config.Text.Vocabulary, _reports.Add);

    private StepLogits Run(IReadOnlyList<SequenceTensors?> rows, int firstSlot, IReadOnlyList<int> starts, int count, IReadOnlyList<PermittedTokens>? permitted) => _isFull(++_runs, rows.Count)
        ? throw new InvalidOperationException("Failed to allocate memory for requested buffer of size 7340032")
        : _model.Text.Run(rows, firstSlot, starts, count);

    // Nothing stops these answers but their length.
    private ActiveRequest Request(int number, int newTokens = NewTokens, SamplingOptions? sampling = null, AnswerForm? form = null, IReadOnlySet<int>? stops = null)
    {
        List<int> ids = [.. _model.Tokenizer.Encode($"Question {number}: what stands in line {number * 7}?")];
        if (form is not null) ids.Add(_model.Tokenizer.AddedId("<think>")!.Value);
        var tensors = new SequenceTensors(ids, TokenPositions.Of([.. ids], _model.Config.ImageTokenId, []), _model.Config.ImageTokenId, []);
        var guides = new FormGuides(_model.Tokenizer, _model.Config.Text.Vocabulary, stops ?? new HashSet<int>());
        return new ActiveRequest(tensors, new Sequence(ids.Count, newTokens), sampling ?? new SamplingOptions(), _model.Tokenizer, new HashSet<int>(), _ => false)
        {
            Guide = guides.For(new GlmRequest { Prompt = "", Form = form }, ids), MostAhead = 4,
        };
    }

    private static async Task<int[]> TokensAsync(ActiveRequest request)
    {
        var tokens = new List<int>();
        await foreach (var update in request.Updates.ReadAllAsync(TestContext.Current.CancellationToken)) tokens.AddRange(update.Tokens.Select(t => t.Id));
        return [.. tokens];
    }

    // Thinking must not end the answer, so these are looked through at each of its tokens.
    private sealed class Unreadable : IReadOnlySet<int>
    {
        public const string Why = "The tokens that end an answer are lost.";

        public bool AreLost { get; set; }

        public int Count => throw new InvalidOperationException(Why);

        public bool Contains(int item) => throw new InvalidOperationException(Why);

        public bool IsProperSubsetOf(IEnumerable<int> other) => throw new InvalidOperationException(Why);

        public bool IsProperSupersetOf(IEnumerable<int> other) => throw new InvalidOperationException(Why);

        public bool IsSubsetOf(IEnumerable<int> other) => throw new InvalidOperationException(Why);

        public bool IsSupersetOf(IEnumerable<int> other) => throw new InvalidOperationException(Why);

        public bool Overlaps(IEnumerable<int> other) => throw new InvalidOperationException(Why);

        public bool SetEquals(IEnumerable<int> other) => throw new InvalidOperationException(Why);

        public IEnumerator<int> GetEnumerator() => AreLost ? throw new InvalidOperationException(Why) : Enumerable.Empty<int>().GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
