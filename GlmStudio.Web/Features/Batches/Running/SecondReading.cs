using GlmStudio.Engine;
using GlmStudio.Engine.Values;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Domain.Confidence;
using GlmStudio.Web.Engines;

namespace GlmStudio.Web.Features.Batches.Running;

/// <summary>Asks the reader for the same fields and notes where it agrees. Only where the answering checkpoint was given the page's text: then the page
/// is read already, and the reader's answer costs milliseconds.</summary>
public sealed partial class SecondReading(EngineCatalog engines, ILogger<SecondReading> log)
{
    /// <summary>Adds the reader's values to the cells' evidence; leaves it as it is where there is no second reading.</summary>
    public async Task AddAsync(IGlmEngine first, GlmRequest request, IReadOnlyList<Field> fields, IReadOnlyList<Cell> cells, CancellationToken cancellation)
    {
        if (request.Fields is null || !HasPageText(first, request) || engines.Find(ReaderEngine.Name) is not { } reader || reader == first) return;
        try
        {
            var values = await AskAsync(reader, request, cancellation);
            foreach (var (field, cell) in fields.Zip(cells))
                if (cell.Evidence is { } evidence && values.TryGetValue(field.Key, out var value))
                {
                    evidence.ReaderValue = CellEvidence.Bounded(value);
                    evidence.ReaderAgrees = Normaliser.Same(field.Type, cell.Value, value);
                }
        }
        catch (EngineException e)
        {
            // The answer stands without a second opinion.
            LogFault(e.Message);
        }
    }

    private static bool HasPageText(IGlmEngine engine, GlmRequest request) =>
        request.Grounding is Grounding.PageText or Grounding.TextOnly || (request.Grounding == Grounding.ModelDefault && engine.Info.IsGrounded);

    private static async Task<Dictionary<string, string?>> AskAsync(IGlmEngine reader, GlmRequest request, CancellationToken cancellation)
    {
        IReadOnlyList<FieldReading> readings = [];
        await foreach (var update in reader.GenerateAsync(request, cancellation))
            if (update.Readings.Count > 0) readings = update.Readings;
        return readings.DistinctBy(r => r.Key).ToDictionary(r => r.Key, r => r.Value, StringComparer.Ordinal);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "No second reading: {Reason}")]
    private partial void LogFault(string reason);
}
