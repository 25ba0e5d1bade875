using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using GlmStudio.Engine;
using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Engines;
using Microsoft.Extensions.Options;

namespace GlmStudio.Web.Features.Inference;

/// <summary>A question as any of the doors receives it.</summary>
public sealed record Question(JsonElement? Image, string? Prompt, int? MaxTokens = null, double? Temperature = null, string? Model = null)
{
    /// <summary>All turns of a conversation with their pictures, in place of <see cref="Image"/>; the prompt is the last question in it, for engines that
    /// read one question.</summary>
    public Conversation? Conversation { get; init; }

    /// <summary>Further ways of choosing tokens; <see cref="MaxTokens"/> and <see cref="Temperature"/> weigh more.</summary>
    public SamplingOptions Sampling { get; init; } = new();

    /// <summary>Whether the model is given the pictures' printed text, in the words of <see cref="GroundingWords"/>.</summary>
    public string? Grounding { get; init; }

    /// <summary>Whether the model may think first.</summary>
    public bool Thinking { get; init; } = true;

    /// <summary>The form the answer must have; null leaves it to the model.</summary>
    public AnswerForm? Form { get; init; }

    /// <summary>Nobody waits for the answer now: calls that somebody waits for go first.</summary>
    public bool IsBackground { get; init; }

    /// <summary>The key of a template that is asked in place of the prompt.</summary>
    public string? Template { get; init; }

    /// <summary>The question rule that asks it; null for a question as it stands.</summary>
    public RuledQuestion? Rule { get; init; }
}

/// <summary>Turns of a conversation.</summary>
/// <param name="Messages">Who said what; image parts take the pictures in order.</param>
/// <param name="Images">The pictures, as <see cref="ImageReader"/> takes them.</param>
public sealed record Conversation(IReadOnlyList<ChatMessage> Messages, IReadOnlyList<JsonElement> Images);

/// <summary>A whole answer.</summary>
public sealed record Answer(string Text, string Model, FinishReason Finish, TokenUsage? Usage, double Seconds)
{
    /// <summary>What the model thought before it answered.</summary>
    public string Thinking { get; init; } = "";

    /// <summary>The tokens, where the engine works with tokens.</summary>
    public IReadOnlyList<ChosenToken> Tokens { get; init; } = [];

    /// <summary>The question rule that answered, in short; null for a question as it stands.</summary>
    public string? Rule { get; init; }

    /// <summary>What the rule's template found wrong with the values, by field key.</summary>
    public IReadOnlyDictionary<string, string> Messages { get; init; } = new Dictionary<string, string>();
}

/// <summary>Answers one question on an engine. All doors of this feature come through here.</summary>
public sealed class AnswerQuestion(EngineCatalog engines, ImageReader images, QuestionBook rules, AnswerGate gate, IOptions<InferenceOptions> options, TimeProvider time, IMeterFactory meters)
{
    /// <summary>Read by the System page's <c>/metrics</c>.</summary>
    public const string MeterName = "GlmStudio.Inference";

    private const int MostTokens = 32_768;
    private const int MostStops = 16;
    private const int LongestStop = 256;
    private readonly Histogram<double> _seconds = meters.Create(MeterName).CreateHistogram<double>("glmstudio.http.answer.seconds", "s", "Seconds an answer over HTTP took.");

    /// <summary>The question as its template, or the first rule that fits, asks it; as it stands where there is none. Conversations and questions with a form
    /// of their own are not touched.</summary>
    /// <exception cref="EngineException">There is no such template, or a question beside it.</exception>
    public async Task<Question> RuledAsync(Question question, CancellationToken cancellation)
    {
        if (question is not { Conversation: null, Form: null }) return question;
        Require(question.Template is null || string.IsNullOrWhiteSpace(question.Prompt), "There is a question beside the template. Send one of them: a template says itself what is asked.");
        var rule = question.Template is { } key ? await rules.TemplateAsync(key, cancellation) : await rules.FindAsync(question.Prompt, cancellation);
        Require(rule is not null || question.Template is null, $"There is no template with the key \"{question.Template}\"; the page Templates lists them.");
        return rule is null ? question : question with { Rule = rule, Prompt = rule.Prompt, Grounding = question.Grounding ?? GroundingWords.Of(rule.Version.Grounding) };
    }

    /// <summary>The whole answer.</summary>
    /// <exception cref="EngineException">The question cannot be answered, and why.</exception>
    public async Task<Answer> HandleAsync(Question question, CancellationToken cancellation)
    {
        var (text, thinking, tokens) = (new StringBuilder(), new StringBuilder(), new List<ChosenToken>());
        TextUpdate? last = null;
        // Waiting for a turn is not the engine's time: the clock starts when the turn has come.
        long started = 0;
        await foreach (var update in StreamAsync(question, () => started = time.GetTimestamp(), cancellation))
        {
            text.Append(update.Delta);
            thinking.Append(update.Thinking);
            tokens.AddRange(update.Tokens);
            last = update;
        }
        var seconds = time.GetElapsedTime(started).TotalSeconds;
        var ruled = question.Rule?.Read(text.ToString());
        return new Answer(ruled is null ? text.ToString() : ValuesText.Write(ruled), Find(question.Model).Info.Name, last?.Finish ?? FinishReason.Stop, last?.Usage, Math.Round(seconds, 3))
        {
            Thinking = thinking.ToString(), Tokens = tokens, Rule = question.Rule?.Name,
            Messages = ruled?.Where(v => v.Problem is not null).ToDictionary(v => v.Key, v => v.Problem!, StringComparer.Ordinal) ?? [],
        };
    }

    /// <summary>The answer as it grows.</summary>
    /// <exception cref="EngineException">The question cannot be answered, and why.</exception>
    public IAsyncEnumerable<TextUpdate> StreamAsync(Question question, CancellationToken cancellation) => StreamAsync(question, static () => { }, cancellation);

    private async IAsyncEnumerable<TextUpdate> StreamAsync(Question question, Action onTurn, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var engine = Find(question.Model);
        // To pass a form over would give a wrong answer that looks right.
        Require(question.Form is null || engine.Info.Name != "reader", "The reader works without tokens and cannot hold to a form of the answer; name a checkpoint in \"model\".");
        var request = await RequestAsync(question, cancellation);
        using var turn = await gate.WaitAsync(engine.Info, question.IsBackground, cancellation);
        onTurn();
        var started = time.GetTimestamp();
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(options.Value.DeadlineSeconds), time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        var outcome = "failed";
        try
        {
            await using var updates = engine.GenerateAsync(request, both.Token).GetAsyncEnumerator(both.Token);
            while (await NextAsync(updates, deadline.Token, cancellation)) yield return updates.Current;
            outcome = "answered";
        }
        finally
        {
            _seconds.Record(time.GetElapsedTime(started).TotalSeconds, new KeyValuePair<string, object?>("engine", engine.Info.Name), new("outcome", outcome));
        }
    }

    private async ValueTask<bool> NextAsync(IAsyncEnumerator<TextUpdate> updates, CancellationToken deadline, CancellationToken cancellation)
    {
        try
        {
            return await updates.MoveNextAsync();
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new EngineException(EngineFault.Timeout, !deadline.IsCancellationRequested
                ? "The engine was unloaded while it answered; load it again on the page Models, or ask another."
                : $"The answer took longer than {options.Value.DeadlineSeconds:0.##} s. Ask for fewer tokens, or raise Inference:DeadlineSeconds.");
        }
    }

    private IGlmEngine Find(string? name) => engines.Find(name)
        ?? throw new EngineException(EngineFault.BadRequest, string.IsNullOrWhiteSpace(name) ? "No engine is loaded." : engines.Missing(name));

    private async Task<GlmRequest> RequestAsync(Question question, CancellationToken cancellation) => new()
    {
        Prompt = Prompt(question), Messages = question.Conversation?.Messages, Sampling = Sampling(question), Thinking = question.Thinking, Form = Form(question), Fields = question.Rule?.Version.ToAsked(),
        Grounding = GroundingWords.Find(question.Grounding) ?? throw new EngineException(EngineFault.BadRequest, $"grounding is \"{question.Grounding}\"; it is one of {GroundingWords.List}."),
        Images = question.Conversation is { } talk ? await images.ReadAsync(talk.Images, cancellation) : await images.ReadAsync(question.Image, cancellation),
    };

    private static AnswerForm? Form(Question question) => question.Form ?? question.Rule?.Form;

    private string Prompt(Question question)
    {
        // In a conversation the last turn may be a picture alone.
        if (question.Conversation is null && string.IsNullOrWhiteSpace(question.Prompt))
            throw new EngineException(EngineFault.BadRequest, "There is no question: send what to ask as text.");
        var length = question.Conversation?.Messages.Sum(m => m.Text.Length) ?? question.Prompt!.Length;
        if (length > options.Value.MaxPromptLength)
            throw new EngineException(EngineFault.BadRequest, $"The question has {length:N0} characters; the limit is {options.Value.MaxPromptLength:N0} (Inference:MaxPromptLength).");
        return question.Prompt ?? "";
    }

    private static SamplingOptions Sampling(Question question)
    {
        var asked = question.Sampling;
        // An answer in a form is not cut off unless it is asked for.
        var enough = (int)Math.Clamp(Form(question)?.LongestTokens ?? 0, asked.MaxTokens, MostTokens);
        asked = asked with { MaxTokens = question.MaxTokens ?? enough, Temperature = question.Temperature ?? asked.Temperature };
        Require(asked.MaxTokens is >= 1 and <= MostTokens, $"max_tokens is {asked.MaxTokens}; it goes from 1 to {MostTokens}.");
        Require(asked.Temperature is >= 0 and <= 2, $"temperature is {asked.Temperature}; it goes from 0 to 2.");
        Require(asked.TopP is > 0 and <= 1, $"top_p is {asked.TopP}; it is more than 0 and at most 1.");
        Require(asked.TopK >= 0, $"top_k is {asked.TopK}; it is 0 (all tokens) or more.");
        Require(asked.RepetitionPenalty is > 0 and <= 2, $"repetition_penalty is {asked.RepetitionPenalty}; it is more than 0 and at most 2; 1 changes nothing.");
        Require(asked.Stop.Count <= MostStops && asked.Stop.All(s => s.Length is > 0 and <= LongestStop),
            $"stop holds a text, or a list of at most {MostStops}, of 1 to {LongestStop} characters each.");
        return asked;
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds) throw new EngineException(EngineFault.BadRequest, otherwise);
    }
}
