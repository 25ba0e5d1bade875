namespace GlmStudio.Web.Domain.Answers;

/// <summary>Which field an answer means by a name: its key, its label, or either written a little differently.</summary>
public sealed class FieldNames
{
    private readonly Dictionary<string, Field> _keys = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Field> _folded = new(StringComparer.Ordinal);

    public FieldNames(IReadOnlyList<Field> fields)
    {
        foreach (var field in fields) _keys.TryAdd(field.Key, field);
        foreach (var field in fields) _folded.TryAdd(AnswerText.Fold(field.Key), field);
        foreach (var field in fields) _folded.TryAdd(AnswerText.Fold(field.Label), field);
        _folded.Remove("");
    }

    public bool IsKey(string name) => _keys.ContainsKey(name);

    public Field? Find(string name) =>
        _keys.GetValueOrDefault(name) ?? (name.Length <= 200 ? _folded.GetValueOrDefault(AnswerText.Fold(name)) : null);

    /// <summary>How many different fields the names mean.</summary>
    public int CountHits(IEnumerable<string> names) => names.Select(Find).OfType<Field>().Distinct().Count();
}
