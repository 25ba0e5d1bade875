using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using GlmStudio.Engine;
using GlmStudio.Web.Engines;
using Microsoft.Extensions.Options;

namespace GlmStudio.Web.Features.Inference;

/// <summary>A question as any of the doors receives it.</summary>
public sealed record Question(JsonElement? Image, string? Prompt, int? MaxTokens = null, double? Temperature = null, string? Model = null);

/// <summary>A whole answer.</summary>
public sealed record Answer(string Text, string Model, FinishReason Finish, TokenUsage? Usage, double Seconds);

/// <summary>Answers one question on an engine. All doors of this feature come through here.</summary>
public sealed class AnswerQuestion(EngineCatalog engines, ImageReader images, AnswerGate gate, IOptions<InferenceOptions> options, TimeProvider time, IMeterFactory meters)
{
    /// <summary>Read by the System page's <c>/metrics</c>.</summary>
    public const string MeterName = "GlmStudio.Inference";

    private const int MostTokens = 32_768;
    private readonly Histogram<double> _seconds = meters.Create(MeterName).CreateHistogram<double>("glmstudio.http.answer.seconds", "s", "Seconds an answer over HTTP took.");

    /// <summary>The whole answer.</summary>
    /// <exception cref="EngineException">The question cannot be answered, and why.</exception>
    public async Task<Answer> HandleAsync(Question question, CancellationToken cancellation)
    {
        var text = new StringBuilder();
        TextUpdate? last = null;
        // Waiting for a turn is not the engine's time: the clock starts when the turn has come.
        long started = 0;
        await foreach (var update in StreamAsync(question, () => started = time.GetTimestamp(), cancellation))
        {
            text.Append(update.Delta);
            last = update;
        }
        var seconds = time.GetElapsedTime(started).TotalSeconds;
        return new Answer(text.ToString(), Find(question.Model).Info.Name, last?.Finish ?? FinishReason.Stop, last?.Usage, Math.Round(seconds, 3));
    }

    /// <summary>The answer as it grows.</summary>
    /// <exception cref="EngineException">The question cannot be answered, and why.</exception>
    public IAsyncEnumerable<TextUpdate> StreamAsync(Question question, CancellationToken cancellation) => StreamAsync(question, static () => { }, cancellation);

    private async IAsyncEnumerable<TextUpdate> StreamAsync(Question question, Action onTurn, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var engine = Find(question.Model);
        var request = new GlmRequest { Prompt = Prompt(question), Sampling = Sampling(question), Images = await images.ReadAsync(question.Image, cancellation) };
        using var turn = await gate.WaitAsync(engine.Info, cancellation);
        onTurn();
        var started = time.GetTimestamp();
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(options.Value.DeadlineSeconds), time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        var outcome = "failed";
        try
        {
            await using var updates = engine.GenerateAsync(request, both.Token).GetAsyncEnumerator(both.Token);
            while (await NextAsync(updates, cancellation)) yield return updates.Current;
            outcome = "answered";
        }
        finally
        {
            _seconds.Record(time.GetElapsedTime(started).TotalSeconds, new KeyValuePair<string, object?>("engine", engine.Info.Name), new("outcome", outcome));
        }
    }

    private async ValueTask<bool> NextAsync(IAsyncEnumerator<TextUpdate> updates, CancellationToken cancellation)
    {
        try
        {
            return await updates.MoveNextAsync();
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new EngineException(EngineFault.Timeout, $"The answer took longer than {options.Value.DeadlineSeconds:0.##} s. Ask for fewer tokens, or raise Inference:DeadlineSeconds.");
        }
    }

    private IGlmEngine Find(string? name) => engines.Find(name)
        ?? throw new EngineException(EngineFault.BadRequest, string.IsNullOrWhiteSpace(name) ? "No engine is loaded." : engines.Missing(name));

    private string Prompt(Question question)
    {
        if (string.IsNullOrWhiteSpace(question.Prompt)) throw new EngineException(EngineFault.BadRequest, "There is no question: send what to ask as text.");
        if (question.Prompt.Length > options.Value.MaxPromptLength)
            throw new EngineException(EngineFault.BadRequest, $"The question has {question.Prompt.Length:N0} characters; the limit is {options.Value.MaxPromptLength:N0} (Inference:MaxPromptLength).");
        return question.Prompt;
    }

    private static SamplingOptions Sampling(Question question)
    {
        if (question.MaxTokens is < 1 or > MostTokens) throw new EngineException(EngineFault.BadRequest, $"max_tokens is {question.MaxTokens}; it goes from 1 to {MostTokens}.");
        if (question.Temperature is < 0 or > 2 or double.NaN) throw new EngineException(EngineFault.BadRequest, $"temperature is {question.Temperature}; it goes from 0 to 2.");
        var defaults = new SamplingOptions();
        return defaults with { MaxTokens = question.MaxTokens ?? defaults.MaxTokens, Temperature = question.Temperature ?? defaults.Temperature };
    }
}
