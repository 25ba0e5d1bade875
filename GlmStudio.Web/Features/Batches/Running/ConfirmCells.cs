using GlmStudio.Engine;
using GlmStudio.Engine.Images;
using GlmStudio.Engine.Values;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Domain.Answers;
using GlmStudio.Web.Domain.Confidence;
using Microsoft.Extensions.Options;

namespace GlmStudio.Web.Features.Batches.Running;

/// <summary>Crop and confirm: asks the same engine again for each uncertain value alone, on the part of the picture where it stands, and notes whether it reads the same.</summary>
public sealed partial class ConfirmCells(
    ImageReader images, IOptions<ConfirmationOptions> options, IOptions<BatchOptions> batches, TimeProvider time, ILogger<ConfirmCells> log)
{
    /// <summary>Adds confirmations to the cells' evidence. A fault, or the end of the row's time, leaves the rest as it is.</summary>
    /// <param name="engine">The engine that answered.</param>
    /// <param name="question">What it was asked.</param>
    /// <param name="picture">The picture.</param>
    /// <param name="cells">Its cells with their scores.</param>
    /// <param name="left">What is left of the row's time.</param>
    /// <param name="cancellation">Somebody stops the batch.</param>
    public async Task<ConfirmationCost> AddAsync(
        IGlmEngine engine, Question question, ImageInput picture, IReadOnlyList<Cell> cells, TimeSpan left, CancellationToken cancellation)
    {
        List<Cell> uncertain = [.. cells.Where(c => question.Alone.ContainsKey(c.FieldKey) && IsUncertain(c)).OrderBy(c => c.Score).Take(options.Value.CellsARow)];
        if (uncertain.Count == 0 || left <= TimeSpan.Zero) return default;
        var (start, asked) = (time.GetTimestamp(), 0);
        using var deadline = new CancellationTokenSource(left, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        try
        {
            var page = await Task.Run(() => images.Read(picture.Bytes, picture.Page, either.Token), either.Token);
            foreach (var cell in uncertain)
            {
                asked++;
                await ConfirmAsync(engine, question.Alone[cell.FieldKey], page, cell, either.Token);
            }
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            // The answer stands without the confirmation.
            LogFault(e.Message);
        }
        return new ConfirmationCost(asked, time.GetElapsedTime(start).TotalSeconds);
    }

    private bool IsUncertain(Cell cell) => cell is { Box: not null, Evidence.Source: ValueSource.Model } && !string.IsNullOrWhiteSpace(cell.Value) && options.Value.IsUncertain(cell.Score);

    private async Task ConfirmAsync(IGlmEngine engine, Question alone, RgbImage page, Cell cell, CancellationToken cancellation)
    {
        var field = alone.Fields[0];
        var crop = new ImageInput(ImageWriter.ToPng(ImageCrop.Around(page, cell.Box!, (int)(options.Value.MarginOf(field.Type) * page.Width))));
        var answer = await EngineAnswer.OfAsync(engine, alone.About(crop, batches.Value.MaxTokens), cancellation);
        var value = AnswerParser.Parse(answer.Text, alone.Fields, alone.Layout).GetValueOrDefault(field.Key);
        cell.Evidence!.Confirmation = new Confirmation { Value = CellEvidence.Bounded(value), Agrees = Normaliser.Same(field.Type, cell.Value, value) };
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Values were not confirmed: {Reason}")]
    private partial void LogFault(string reason);
}

/// <summary>What confirming a row's values took beside the answer itself.</summary>
/// <param name="Cells">Values asked for again.</param>
/// <param name="Seconds">All of them together, the cropping included.</param>
public readonly record struct ConfirmationCost(int Cells, double Seconds);
