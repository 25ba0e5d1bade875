using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Threading.Channels;
using GlmStudio.Engine.Prompts;
using GlmStudio.Engine.Scheduling;
using GlmStudio.Engine.Sessions;
using GlmStudio.Engine.Text;
using GlmStudio.Engine.Text.Masks;

namespace GlmStudio.Engine;

/// <summary>One request on its way through the engine: its place in the schedule, its tensors, and how its tokens become text.</summary>
internal sealed class ActiveRequest
{
    private readonly Sampler _sampler;
    private readonly Tokenizer _tokenizer;
    private readonly StreamingDecoder _decoder;
    private readonly StopStrings _stops;
    private readonly AnswerSplitter _splitter;
    private readonly IReadOnlySet<int> _stopIds;
    private readonly Channel<TextUpdate> _updates = Channel.CreateUnbounded<TextUpdate>(new() { SingleReader = true, SingleWriter = true });
    private ExceptionDispatchInfo? _formFault;

    public ActiveRequest(SequenceTensors tensors, Sequence sequence, SamplingOptions sampling, Tokenizer tokenizer, IReadOnlySet<int> stopIds, Func<int, bool> hidden)
    {
        (Tensors, Sequence, _tokenizer, _stopIds) = (tensors, sequence, tokenizer, stopIds);
        _sampler = new Sampler(sampling, tensors.Ids);
        _decoder = new StreamingDecoder(tokenizer);
        _stops = new StopStrings(sampling.Stop);
        _splitter = new AnswerSplitter(tokenizer.AddedId("<think>"), tokenizer.AddedId("</think>"), hidden);
    }

    /// <summary>Holds the answer to its form; null where it has none.</summary>
    public AnswerGuide? Guide { get; init; }

    /// <summary>Most tokens that are fed ahead in one step.</summary>
    public int MostAhead { get; init; }

    public SequenceTensors Tensors { get; }

    public Sequence Sequence { get; }

    /// <summary>Updates as they come; ends after the last, or with what went wrong.</summary>
    public ChannelReader<TextUpdate> Updates => _updates.Reader;

    /// <summary>First token this sequence contributes to a step.</summary>
    public int NextStart(Step step) => step.Start >= 0 ? step.Start : Tensors.Ids.Count - step.Count;

    /// <summary>Whether its answer is complete, or failed.</summary>
    public bool IsFinished { get; private set; }

    /// <summary>Whether it needs no more of a step's logits than a summary.</summary>
    public bool TakesLikeliest => _sampler.TakesLikeliest;

    /// <summary>Says which tokens may come after a step that is still to be committed (<see cref="PermittedTokens"/>).</summary>
    public bool WritePermitted(Span<ulong> bits)
    {
        if (Guide is null) return false;
        try
        {
            var started = Stopwatch.GetTimestamp();
            Guide.Permitted(Sequence.MaxNewTokens - Sequence.Generated).Write(bits);
            EngineMeters.Mask.Record(Stopwatch.GetElapsedTime(started).TotalSeconds);
            return true;
        }
        // It ends this answer when its token is taken, and not the step, which is others' too.
        catch (Exception fault)
        {
            _formFault = ExceptionDispatchInfo.Capture(fault);
            return false;
        }
    }

    /// <summary>Chooses the next token, takes those that must follow it, and publishes their text. Returns why the answer is complete, or null.</summary>
    // What is certain is not asked for: at the beginning of an answer, and where more is certain than one step takes.
    public FinishReason? Take(Span<float> logits) => FeedAhead(taken: 0) ? End() : Take(_sampler.Choose(logits, Guide, Sequence.MaxNewTokens - Sequence.Generated + 1));

    /// <summary>The same where the likeliest token is taken.</summary>
    public FinishReason? Take(LogitSummary logits)
    {
        _formFault?.Throw();
        return FeedAhead(taken: 0) ? End() : Take(Sampler.Choose(logits, Guide is not null));
    }

    private FinishReason? Take(ChosenToken token)
    {
        if (_stopIds.Contains(token.Id)) return Finish(FinishReason.Stop, token);
        Guide?.Take(token.Id, _tokenizer.Bytes(token.Id).Span);
        Show(token);
        FeedAhead(taken: 1);
        return End();
    }

    private bool FeedAhead(int taken)
    {
        if (Guide is null || _stops.IsStopped) return false;
        var room = Sequence.MaxNewTokens - Sequence.Generated + 1 - taken;
        var forced = Guide.TakeForced(Math.Min(room, MostAhead));
        if (forced.Count == 0) return false;
        foreach (var id in forced) Show(new ChosenToken(id, 0) { PermittedLogProbability = 0, IsForced = true });
        Sequence.Generated += forced.Count + taken - 1;
        Sequence.Ahead = forced.Count + taken - 1;
        return true;
    }

    private FinishReason? End() => _stops.IsStopped || Guide?.IsComplete == true ? Finish(FinishReason.Stop, null)
        : Sequence.Generated >= Sequence.MaxNewTokens ? Finish(FinishReason.Length, null)
        : null;

    private void Show(ChosenToken token)
    {
        Tensors.Ids.Add(token.Id);
        var wasThinking = _splitter.IsThinking;
        if (!_splitter.Shows(token.Id))
        {
            // Half a character of the thinking is no part of the answer.
            if (wasThinking && !_splitter.IsThinking) _updates.Writer.TryWrite(new TextUpdate("") { Thinking = _decoder.Flush(), Tokens = [token] });
            else Publish("", token);
        }
        else Publish(_decoder.Push(token.Id), _splitter.IsThinking ? token
            : token with { Bytes = _tokenizer.Bytes(token.Id), SecondBytes = token.SecondId is { } second ? _tokenizer.Bytes(second) : default });
    }

    public void Fail(Exception fault)
    {
        IsFinished = true;
        _updates.Writer.TryComplete(fault);
    }

    private void Publish(string text, ChosenToken token) => _updates.Writer.TryWrite(_splitter.IsThinking
        ? new TextUpdate("") { Thinking = text, Tokens = [token] }
        : new TextUpdate(_stops.Push(text)) { Tokens = [token] });

    private FinishReason Finish(FinishReason reason, ChosenToken? last)
    {
        _updates.Writer.TryWrite(new TextUpdate(_stops.Push(_decoder.Flush()) + _stops.Flush())
        {
            Tokens = last is null ? [] : [last], Finish = reason, Usage = new TokenUsage(Sequence.PromptLength, Sequence.Generated),
        });
        _updates.Writer.TryComplete();
        IsFinished = true;
        return reason;
    }
}
