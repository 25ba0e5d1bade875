using System.Text;
using GlmStudio.Engine;
using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Domain.Answers;
using GlmStudio.Web.Domain.Confidence;
using GlmStudio.Web.Domain.Rules;
using Microsoft.Extensions.Options;

namespace GlmStudio.Web.Features.Batches.Running;

/// <summary>One picture, one question, one answer cut into cells.</summary>
public sealed class AnswerRow(ImageStore images, SecondReading second, IOptions<BatchOptions> options, TimeProvider time)
{
    /// <summary>Asks the engine. A fault or a passed deadline is an <see cref="EngineException"/>.</summary>
    public async Task<RowAnswer> HandleAsync(IGlmEngine engine, Question question, ClaimedRow row, CancellationToken cancellation)
    {
        var bytes = await images.ReadAsync(row.ContentHash, cancellation);
        var request = new GlmRequest
        {
            Images = [new ImageInput(bytes, row.Page)], Prompt = question.Prompt, Fields = question.Asked, Form = question.Form, Grounding = question.Grounding,
            Sampling = question.Sampling(options.Value),
        };
        var start = time.GetTimestamp();
        var answer = await WithinDeadlineAsync(token => CollectAsync(engine, request, token), cancellation);
        var seconds = time.GetElapsedTime(start).TotalSeconds;
        List<Field> fields = [.. question.Fields.Where(f => !f.IsComputed)];
        var cells = ToCells(fields, question.Layout, answer, engine.Info.Name == ReaderEngine.Name ? ValueSource.Reader : ValueSource.Model, row.Quality);
        await second.AddAsync(engine, request, fields, cells, cancellation);
        foreach (var cell in cells) cell.Score = RawScore.Of(cell.Value, cell.Evidence);
        // Last: evidence and score are about what was read.
        question.Rules.Apply(cells);
        return new RowAnswer(answer.Text, seconds, cells) { Tokens = answer.Tokens };
    }

    private async Task<Answer> WithinDeadlineAsync(Func<CancellationToken, Task<Answer>> ask, CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(options.Value.RowSeconds), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        try
        {
            // Task.Run: an engine may compute before its first await. WaitAsync: one that does not listen holds up nobody.
            return await Task.Run(() => ask(either.Token), either.Token).WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new EngineException(EngineFault.Timeout,
                $"No answer within {options.Value.RowSeconds} seconds (setting Batches:RowSeconds). Retry the row, or raise the limit.");
        }
    }

    private static async Task<Answer> CollectAsync(IGlmEngine engine, GlmRequest request, CancellationToken cancellation)
    {
        var text = new StringBuilder();
        List<ChosenToken> tokens = [];
        IReadOnlyList<FieldReading> readings = [];
        FinishReason? finish = null;
        await foreach (var update in engine.GenerateAsync(request, cancellation))
        {
            text.Append(update.Delta);
            tokens.AddRange(update.Tokens);
            if (update.Readings.Count > 0) readings = update.Readings;
            finish = update.Finish ?? finish;
        }
        return new Answer(AnswerText.Storable(text.ToString()), readings, finish == FinishReason.Length, tokens);
    }

    private static List<Cell> ToCells(IReadOnlyList<Field> fields, AnswerLayout layout, Answer answer, ValueSource source, IReadOnlyList<string> quality)
    {
        var values = AnswerParser.Parse(answer.Text, fields, layout);
        var readings = answer.Readings.GroupBy(r => r.Key, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Last(), StringComparer.Ordinal);
        return [.. fields.Select(f =>
        {
            var reading = readings.GetValueOrDefault(f.Key);
            return new Cell
            {
                FieldKey = f.Key, Value = values.GetValueOrDefault(f.Key), Box = reading?.Box is { } box ? box with { } : null,
                Evidence = CellEvidence.Of(source, reading, quality, answer.IsCut),
            };
        })];
    }

    private sealed record Answer(string Text, IReadOnlyList<FieldReading> Readings, bool IsCut, IReadOnlyList<ChosenToken> Tokens);
}

/// <summary>What a template version asks of every picture, prepared once a batch.</summary>
public sealed record Question(string Prompt, IReadOnlyList<Field> Fields, IReadOnlyList<AskedField>? Asked, Grounding Grounding, AnswerLayout Layout)
{
    /// <summary>What the answer must be; null for a free question.</summary>
    public AnswerForm? Form { get; } = Asked is null ? null : AnswerForm.OfFields(Asked, Layout);

    /// <summary>What happens to the values after they were read.</summary>
    public FieldRules Rules { get; } = FieldRules.Of(Fields);

    /// <summary>How its tokens are chosen. What the form may need at most is there, so that no answer is cut off.</summary>
    public SamplingOptions Sampling(BatchOptions options) =>
        new() { MaxTokens = (int)Math.Clamp(Form?.LongestTokens ?? 0, options.MaxTokens, AnswerForm.MostTokens) };

    /// <summary>A version without fields is a free question.</summary>
    /// <param name="version">The version.</param>
    /// <param name="grounding">Weighs more than the version's own word.</param>
    public static Question Of(TemplateVersion version, Grounding? grounding) => new(PromptRenderer.Render(version), version.Fields,
        version.Fields.Count == 0 ? null : [.. version.ReadFields.Select(f => f.ToAsked())], grounding ?? version.Grounding, PromptRenderer.LayoutOf(version));
}
