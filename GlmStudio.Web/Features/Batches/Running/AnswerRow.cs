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
    /// <summary>Asks the engine. A fault or a passed deadline is an <see cref="EngineException"/>.</summary>
    public async Task<RowAnswer> HandleAsync(IGlmEngine engine, Question question, ClaimedRow row, CancellationToken cancellation)
    {
        var bytes = await images.ReadAsync(row.ContentHash, cancellation);
        var picture = new ImageInput(bytes, row.Page);
        var request = question.About(picture, options.Value.MaxTokens);
        var start = time.GetTimestamp();
        var answer = await WithinDeadlineAsync(token => EngineAnswer.OfAsync(engine, request, token), cancellation);
        var seconds = time.GetElapsedTime(start).TotalSeconds;
        List<Field> fields = [.. question.Fields.Where(f => !f.IsComputed)];
        var cells = ToCells(fields, question.Layout, answer, engine.Info.Name == ReaderEngine.Name ? ValueSource.Reader : ValueSource.Model, row.Quality);
        await second.AddAsync(engine, request, fields, cells, cancellation);
        Score(cells);
        var cost = await confirm.AddAsync(engine, question, picture, cells, TimeSpan.FromSeconds(options.Value.RowSeconds) - time.GetElapsedTime(start), cancellation);
        Score(cells);
        // Last: evidence and score are about what was read.
        question.Rules.Apply(cells);
        return new RowAnswer(answer.Text, seconds, cells) { Tokens = answer.Tokens, Confirmations = cost };
    }

    private static void Score(List<Cell> cells)
    {
        foreach (var cell in cells) cell.Score = RawScore.Of(cell.Value, cell.Evidence);
    }

    private async Task<EngineAnswer> WithinDeadlineAsync(Func<CancellationToken, Task<EngineAnswer>> ask, CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(options.Value.RowSeconds), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        try
        {
            return await ask(either.Token);
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
