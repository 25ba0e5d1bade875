using System.Text.RegularExpressions;

namespace GlmStudio.Engine.Values;

/// <summary>How one asked field is looked for: its own words as labels, and the concept they mean with all of its labels.</summary>
internal sealed partial class FieldPlan
{
    private FieldPlan(AskedField field, Concept? concept, FieldType readAs, List<Phrase> phrases, List<(int, double)> owners) =>
        (Field, Concept, ReadAs, Phrases, Owners) = (field, concept, readAs, phrases, owners);

    public AskedField Field { get; }

    /// <summary>What the field means, or null for a field that nobody but its template knows.</summary>
    public Concept? Concept { get; }

    /// <summary>The type its value is read as: where a template says only "text", the concept knows better.</summary>
    public FieldType ReadAs { get; }

    /// <summary>The field's own labels.</summary>
    public IReadOnlyList<Phrase> Phrases { get; }

    /// <summary>Whose labels count for this field, and how much.</summary>
    public IReadOnlyList<(int Owner, double Weight)> Owners { get; }

    /// <summary>Whether the field names a time of day too.</summary>
    public bool WithTime => TimeWord().IsMatch(Field.Label) || TimeWord().IsMatch(Field.Key);

    public static FieldPlan Of(AskedField field, int index)
    {
        var own = LabelSpotter.FieldOwner(index);
        var labels = Parts(field.Label).ToList();
        var key = KeyWords(field.Key);
        var (concept, trust) = FindConcept(field, labels, key);
        List<Phrase> phrases = [.. labels.Select(l => Phrase.Of(l, own, concept is null ? 1 : Concepts.Weight(concept, l))).OfType<Phrase>()];
        if (key is not null && phrases.TrueForAll(p => p.Compact != Compact.Of(key)) && Phrase.Of(key, own, 0.8) is { Compact.Length: > 2 } keyPhrase)
            phrases.Add(keyPhrase);
        List<(int, double)> owners = [(own, 1)];
        if (concept is not null)
        {
            var at = Index(concept);
            owners.Add((at, trust));
            if (concept.Base.Count > 0)
                owners.Add((LabelSpotter.BaseOwner(at), trust));
        }
        return new FieldPlan(field, concept, ReadingType(field, concept), phrases, owners);
    }

    /// <summary>The label decides, then the key, then what the description names in brackets, each first with the field's type.</summary>
    private static (Concept? Concept, double Trust) FindConcept(AskedField field, List<string> labels, string? key)
    {
        foreach (var type in (FieldType[])[field.Type, .. field.Type == FieldType.Text ? Enum.GetValues<FieldType>() : []])
        {
            if (labels.Select(l => Concepts.For(l, type)).FirstOrDefault(c => c is not null) is { } byLabel)
                return (byLabel, 0.97);
            if (key is not null && Concepts.For(key, type) is { } byKey)
                return (byKey, 0.95);
            if (Hints(field.Description).Select(h => Concepts.For(h, type)).FirstOrDefault(c => c is not null) is { } byHint)
                return (byHint, 0.85);
        }
        return field.Type is FieldType.Date or FieldType.Money ? (Loosely(labels, key, field.Type), 0.6) : (null, 0);
    }

    /// <summary>"Total amount to pay in RM": for dates and amounts a field's longest known word is enough.</summary>
    private static Concept? Loosely(List<string> labels, string? key, FieldType type)
    {
        var words = labels.Append(key ?? "").SelectMany(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
        return words.Count > 8 || words.Exists(w => !NeutralWords.Contains(w.ToLowerInvariant()) && Concepts.For(w, type) is null) ? null
            : words.OrderByDescending(w => w.Length).Select(w => Concepts.For(w, type)).FirstOrDefault(c => c?.Role is "total" or "date");
    }

    /// <summary>Words that leave a total the total and the date the date.</summary>
    private static readonly HashSet<string> NeutralWords =
        ["the", "of", "in", "on", "to", "a", "this", "final", "full", "whole", "overall", "amount", "value", "sum", "pay", "be", "paid", "rm", "usd", "purchase", "receipt", "invoice", "transaction",
            "printed", "as", "including", "incl", "tax", "gst", "sale", "bill"];

    private static FieldType ReadingType(AskedField field, Concept? concept)
    {
        if (field.Type != FieldType.Text || concept is null)
            return field.Type;
        return Enum.Parse<FieldType>(concept.Types[0], ignoreCase: true) is var type and (FieldType.Money or FieldType.Date or FieldType.Id or FieldType.Phone
            or FieldType.Number or FieldType.List) ? type : FieldType.Text;
    }

    private static int Index(Concept concept)
    {
        for (var i = 0; i < Concepts.All.Count; i++)
            if (ReferenceEquals(Concepts.All[i], concept))
                return i;
        return -1;
    }

    /// <summary>A label as it may be printed: whole, without brackets, and its Chinese and its English part alone.</summary>
    internal static IEnumerable<string> Parts(string label)
    {
        var bare = Bracketed().Replace(TextSteps.Fold(label), " ").Trim();
        HashSet<string> parts = [label.Trim(), bare, .. bare.Split(['/', '|'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
        if (bare.Any(TextSteps.IsIdeograph) && bare.Any(char.IsAsciiLetter))
        {
            parts.Add(string.Concat(bare.Where(TextSteps.IsIdeograph)));
            parts.Add(string.Concat(bare.Select(c => TextSteps.IsIdeograph(c) ? ' ' : c)).Trim());
        }
        return parts.Where(p => Compact.Of(p).Length > 1);
    }

    private static IEnumerable<string> Hints(string? description) => description is null
        ? []
        : Bracketed().Matches(TextSteps.Fold(description)).SelectMany(m => m.Value.Trim('(', ')').Split(['/', ',', ';'], StringSplitOptions.TrimEntries));

    /// <summary>invoice_number, invoiceNumber → invoice number; null for a key that says nothing (f1, field_3).</summary>
    private static string? KeyWords(string key)
    {
        var words = CamelHump().Replace(key, " ").Replace('_', ' ').Replace('-', ' ').Replace('.', ' ').Trim();
        return Meaningless().IsMatch(words) || Compact.Of(words).Length < 2 ? null : words;
    }

    [GeneratedRegex(@"\([^()]*\)|\[[^\[\]]*\]")]
    private static partial Regex Bracketed();

    [GeneratedRegex(@"(?<=[a-z])(?=[A-Z])")]
    private static partial Regex CamelHump();

    [GeneratedRegex(@"^(?:f|field|q|col|column|value|answer|key)? ?\d+$", RegexOptions.IgnoreCase)]
    private static partial Regex Meaningless();

    [GeneratedRegex(@"时间|\btime\b|_time$", RegexOptions.IgnoreCase)]
    private static partial Regex TimeWord();
}
