using System.Threading.Channels;
using GlmStudio.Engine.Prompts;
using GlmStudio.Engine.Scheduling;
using GlmStudio.Engine.Sessions;
using GlmStudio.Engine.Text;

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

    public ActiveRequest(SequenceTensors tensors, Sequence sequence, SamplingOptions sampling, Tokenizer tokenizer, IReadOnlySet<int> stopIds, Func<int, bool> hidden)
    {
        (Tensors, Sequence, _tokenizer, _stopIds) = (tensors, sequence, tokenizer, stopIds);
        _sampler = new Sampler(sampling, tensors.Ids);
        _decoder = new StreamingDecoder(tokenizer);
        _stops = new StopStrings(sampling.Stop);
        _splitter = new AnswerSplitter(tokenizer.AddedId("<think>"), tokenizer.AddedId("</think>"), hidden);
    }

    public SequenceTensors Tensors { get; }

    public Sequence Sequence { get; }

    /// <summary>Updates as they come; ends after the last, or with what went wrong.</summary>
    public ChannelReader<TextUpdate> Updates => _updates.Reader;

    /// <summary>First token this sequence contributes to a step.</summary>
    public int NextStart(Step step) => step.Start >= 0 ? step.Start : Tensors.Ids.Count - 1;

    /// <summary>Chooses the next token and publishes its text. Returns why the answer is complete, or null.</summary>
    public FinishReason? Take(Span<float> logits)
    {
        var token = _sampler.Choose(logits);
        if (_stopIds.Contains(token.Id)) return Finish(FinishReason.Stop, token);
        Tensors.Ids.Add(token.Id);
        if (!_splitter.Shows(token.Id)) Publish("", token);
        else Publish(_decoder.Push(token.Id), _splitter.IsThinking ? token : token with { Bytes = _tokenizer.Bytes(token.Id) });
        return _stops.IsStopped ? Finish(FinishReason.Stop, null)
            : Sequence.Generated >= Sequence.MaxNewTokens ? Finish(FinishReason.Length, null)
            : null;
    }

    public void Fail(Exception fault) => _updates.Writer.TryComplete(fault);

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
        return reason;
    }
}
