using GlmStudio.Engine;
using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Domain.Answers;
using GlmStudio.Web.Domain.Confidence;
using Microsoft.Extensions.Options;

namespace GlmStudio.Web.Features.Batches.Running;

/// <summary>One picture, one question, one answer cut into cells.</summary>
public sealed class AnswerRow(ImageStore images, SecondReading second, ConfirmCells confirm, IOptions<BatchOptions> options, TimeProvider time)
{
    /// <summary>Asks the engine, has uncertain values confirmed, and applies the rules. A fault or a passed deadline is an <see cref="EngineException"/>.</summary>
    public async Task<RowAnswer> HandleAsync(IGlmEngine engine, Question question, ClaimedRow row, CancellationToken cancellation)
    {
        var request = await RequestAsync(question, row, cancellation);
        var start = time.GetTimestamp();
        var answer = await AskAsync(engine, request, cancellation);
        var seconds = time.GetElapsedTime(start).TotalSeconds;
        List<Field> fields = [.. question.Fields.Where(f => !f.IsComputed)];
        var cells = ToCells(fields, question.Layout, answer, engine.Info.Name == ReaderEngine.Name ? ValueSource.Reader : ValueSource.Model, row.Quality);
        await second.AddAsync(engine, request, fields, cells, cancellation);
        Score(fields, cells);
        var cost = await confirm.AddAsync(engine, question, request.Images[0], cells, TimeSpan.FromSeconds(options.Value.RowSeconds) - time.GetElapsedTime(start), cancellation);
        Score(fields, cells);
        // Last: evidence and score are about what was read.
        question.Rules.Apply(cells);
        return new RowAnswer(answer.Text, seconds, cells) { Tokens = answer.Tokens, Confirmations = cost };
    }

    /// <summary>The engine's answer alone, as it came. A fault or a passed deadline is an <see cref="EngineException"/>.</summary>
    internal async Task<EngineAnswer> AskAsync(IGlmEngine engine, Question question, ClaimedRow row, CancellationToken cancellation) =>
        await AskAsync(engine, await RequestAsync(question, row, cancellation), cancellation);

    private async Task<GlmRequest> RequestAsync(Question question, ClaimedRow row, CancellationToken cancellation) =>
        question.About(new ImageInput(await images.ReadAsync(row.ContentHash, cancellation), row.Page), options.Value.MaxTokens);

    private static void Score(List<Field> fields, List<Cell> cells)
    {
        foreach (var (field, cell) in fields.Zip(cells)) cell.Score = RawScore.Of(field.Type, cell.Value, cell.Evidence);
    }

    private async Task<EngineAnswer> AskAsync(IGlmEngine engine, GlmRequest request, CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(options.Value.RowSeconds), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        try
        {
            return await EngineAnswer.OfAsync(engine, request, either.Token);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new EngineException(EngineFault.Timeout,
                $"No answer within {options.Value.RowSeconds} seconds (setting Batches:RowSeconds). Retry the row, or raise the limit.");
        }
    }

    private static List<Cell> ToCells(IReadOnlyList<Field> fields, AnswerLayout layout, EngineAnswer answer, ValueSource source, IReadOnlyList<string> quality)
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
}
