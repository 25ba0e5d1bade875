namespace GlmStudio.Web.Domain.Rules;

/// <summary>The steps of all fields of a template version, prepared once and run on many rows. Never throws on a value.</summary>
public sealed class FieldRules
{
    private readonly List<PreparedField> _fields;
    private readonly List<PreparedField> _inOrder;

    private FieldRules(IReadOnlyList<Field> fields)
    {
        _fields = [.. fields.Select(f => new PreparedField(f))];
        _inOrder = [.. FieldOrder.Of(fields).Select(f => _fields.Find(p => p.Field == f)!)];
    }

    /// <summary>Prepares the steps of fields that keep to <see cref="StepRules"/>.</summary>
    public static FieldRules Of(IReadOnlyList<Field> fields) => new(fields);

    /// <summary>Runs all steps on one row.</summary>
    /// <param name="read">The engine's values by field key.</param>
    /// <param name="corrected">What a person has said, by field key; it goes before what the steps make of the reading wherever another field looks at it.</param>
    /// <returns>One for each field, in the fields' order.</returns>
    public IReadOnlyList<RuledValue> Run(IReadOnlyDictionary<string, string?> read, IReadOnlyDictionary<string, string?>? corrected = null)
    {
        var known = new Dictionary<string, string?>(StringComparer.Ordinal);
        var made = new Dictionary<string, StepOutcome>(StringComparer.Ordinal);
        foreach (var field in _inOrder)
        {
            var outcome = field.Make(read.GetValueOrDefault(field.Field.Key), Value);
            made[field.Field.Key] = outcome;
            known[field.Field.Key] = corrected is not null && corrected.TryGetValue(field.Field.Key, out var said) ? said : outcome.Value;
        }
        return [.. _fields.Select(f =>
        {
            var (value, problem) = made[f.Field.Key];
            return new RuledValue(f.Field.Key, read.GetValueOrDefault(f.Field.Key), value, problem ?? f.Check(value, Value));
        })];

        string? Value(string key) => known.GetValueOrDefault(key);
    }

    /// <summary>Runs all steps on the cells of a row: their values, readings and problems are set, what a person said stays. Cells of computed fields
    /// are added where they are missing.</summary>
    /// <returns>Whether anything changed.</returns>
    public bool Apply(List<Cell> cells)
    {
        var byKey = cells.ToDictionary(c => c.FieldKey, StringComparer.Ordinal);
        var read = cells.ToDictionary(c => c.FieldKey, c => c.Read, StringComparer.Ordinal);
        var corrected = cells.Where(c => c.IsCorrected).ToDictionary(c => c.FieldKey, c => c.CorrectedValue, StringComparer.Ordinal);
        var changed = false;
        foreach (var (field, ruled) in _fields.Zip(Run(read, corrected)))
        {
            if (!byKey.TryGetValue(ruled.Key, out var cell))
            {
                // A row that failed has no cells, and its readings are not made up.
                if (!field.Field.IsComputed || cells.Count == 0) continue;
                cells.Add(cell = new Cell { FieldKey = ruled.Key });
            }
            changed |= cell.Take(ruled);
        }
        return changed;
    }
}

/// <summary>A field's value before and after its steps.</summary>
/// <param name="Key">The field.</param>
/// <param name="Read">The engine's value; null: none.</param>
/// <param name="Value">What the steps made of it; null: none.</param>
/// <param name="Problem">What a reviewer should look at: the author's words, or a key of the translations; null where all is well.</param>
public sealed record RuledValue(string Key, string? Read, string? Value, string? Problem)
{
    public bool IsChanged => !string.Equals(Read, Value, StringComparison.Ordinal);
}
