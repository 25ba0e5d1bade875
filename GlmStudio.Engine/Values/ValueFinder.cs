using GlmStudio.Engine.Transcription;

namespace GlmStudio.Engine.Values;

/// <summary>Answers a template's fields from a page's printed text alone: labels, their neighbours, and what values look like.</summary>
public static class ValueFinder
{
    /// <summary>Most fields of one request.</summary>
    public const int MaxFields = 200;

    /// <summary>Finds each field's value.</summary>
    /// <param name="transcript">The page.</param>
    /// <param name="fields">What to find, at most <see cref="MaxFields"/>.</param>
    /// <returns>One reading a field in the fields' order. The value is as printed (amounts without currency, list entries one a line); null with score 0
    /// where the page does not show it.</returns>
    /// <exception cref="EngineException"><see cref="EngineFault.BadRequest"/>: too many fields.</exception>
    public static IReadOnlyList<FieldReading> Find(Transcript transcript, IReadOnlyList<AskedField> fields)
    {
        if (fields.Count > MaxFields)
            throw new EngineException(EngineFault.BadRequest, $"{fields.Count} fields were asked for; ask for at most {MaxFields} at once.");
        var page = new PageText(transcript);
        var plans = fields.Select(FieldPlan.Of).ToList();
        var labels = new LabelSpotter(page, plans.SelectMany(p => p.Phrases));
        var search = new FieldSearch(page, labels);
        var tables = new TableReader(page, labels);
        return [.. plans.Select(p => Answer(p, Best(p, search, tables)))];
    }

    private static Found? Best(FieldPlan plan, FieldSearch search, TableReader tables) =>
        plan.ReadAs == FieldType.List && tables.Read(plan) is { } rows ? rows : search.Find(plan);

    private static FieldReading Answer(FieldPlan plan, Found? found)
    {
        if (found is null || string.IsNullOrWhiteSpace(found.Reading.Text))
            return new FieldReading(plan.Field.Key, null, null, 0);
        var text = plan.Field.Type == FieldType.List && found.Reading.Spans.Count == 1
            ? string.Join('\n', Normaliser.Entries(found.Reading.Text))
            : found.Reading.Text;
        return new FieldReading(plan.Field.Key, text, Span.Around(found.Reading.Spans), found.Score)
        {
            Match = 1, LineScore = found.Reading.Spans.Min(s => s.Cell.Line.Score),
        };
    }
}
