using System.Text.RegularExpressions;

namespace GlmStudio.Engine.Values;

/// <summary>A label found on the page.</summary>
/// <param name="Cell">Where.</param>
/// <param name="Start">First character in the cell.</param>
/// <param name="End">Behind its last character.</param>
/// <param name="Phrase">Which label.</param>
/// <param name="Strength">The phrase's weight less what recognition got wrong.</param>
internal sealed record LabelHit(Cell Cell, int Start, int End, Phrase Phrase, double Strength)
{
    public int Length => End - Start;

    /// <summary>How much of the label is read as it should be, 0 … 1.</summary>
    public double Likeness => Strength / Phrase.Weight;
}

/// <summary>
/// Finds every label of every concept and of the asked fields at once. A label inside a longer label of somebody else does not count:
/// the "Total" of "Sub Total", the 名称 of 产品名称. So knowing many concepts keeps each of them from taking what belongs to another.
/// </summary>
internal sealed partial class LabelSpotter
{
    private readonly Dictionary<int, List<LabelHit>> _byOwner = [];
    private readonly Dictionary<Cell, List<LabelHit>> _byCell = [];
    private readonly Dictionary<Cell, bool> _labelled = [];

    /// <summary>Owners: the concept's index; + the number of concepts for its labels inside a section; + twice that for the asked fields.</summary>
    public static int BaseOwner(int concept) => Concepts.All.Count + concept;

    /// <inheritdoc cref="BaseOwner"/>
    public static int FieldOwner(int field) => 2 * Concepts.All.Count + field;

    private static readonly PhraseIndex OfConcepts = new(ConceptPhrases());

    public LabelSpotter(PageText page, IEnumerable<Phrase> ofFields)
    {
        var own = new PhraseIndex(ofFields);
        foreach (var cell in page.Cells)
        {
            var compact = Compact.From(cell.Text);
            List<LabelHit> hits = [];
            OfConcepts.Find(cell, compact, hits);
            own.Find(cell, compact, hits);
            Keep(cell, hits);
        }
    }

    /// <summary>The labels of an owner in reading order.</summary>
    public IReadOnlyList<LabelHit> Of(int owner) => _byOwner.TryGetValue(owner, out var hits) ? hits : [];

    /// <summary>The labels in a cell.</summary>
    public IReadOnlyList<LabelHit> In(Cell cell) => _byCell.TryGetValue(cell, out var hits) ? hits : [];

    /// <summary>Whether a cell is a label, or starts with one and a separator: then it is nobody else's value.</summary>
    public bool IsLabel(Cell cell)
    {
        if (!_labelled.TryGetValue(cell, out var known))
            _labelled[cell] = known = Separated().IsMatch(cell.Text) || IsKnown(cell)
                || In(cell).Any(h => h.Start == 0 && h.Strength >= 0.8 && h.Phrase.Compact.Length > 1 && (FollowedBySeparator(h) || (h.Phrase.Compact.Length > (h.Phrase.IsLatin ? 3 : 1) && GapThenDigits().IsMatch(cell.Text[h.End..]))));
        return known;
    }

    /// <summary>Whether a known label is the whole cell, but for punctuation and a unit in brackets.</summary>
    public bool IsKnown(Cell cell) => In(cell).Any(h => h.Strength >= 0.8 && h.Start <= 2 && !cell.Text[..h.Start].Any(char.IsLetter) && Bracket().Replace(cell.Text[h.End..], "").Trim(' ', ':', '.', '*', '#', '-').Length == 0);

    public static bool FollowedBySeparator(LabelHit hit) => SeparatorAhead().IsMatch(hit.Cell.Text[hit.End..]);

    /// <summary>Drops what a longer label of another owner, read as well, covers.</summary>
    private void Keep(Cell cell, List<LabelHit> hits)
    {
        if (hits.Count == 0)
            return;
        var spans = hits.Where(h => !IsBase(h)).Select(h => (h.Start, h.End, h.Likeness)).Distinct().ToArray();
        var covered = hits.Select(h => (h.Start, h.End, h.Likeness)).Distinct().Where(h => Array.Exists(spans, g => g.Start <= h.Start && g.End >= h.End
            && (g.End - g.Start > h.End - h.Start ? g.Likeness >= h.Likeness - 0.15 : g.Likeness > h.Likeness + 0.05))).ToHashSet();
        var kept = hits.Where(h => !covered.Contains((h.Start, h.End, h.Likeness))).ToList();
        _byCell[cell] = kept;
        foreach (var hit in kept)
        {
            if (!_byOwner.TryGetValue(hit.Phrase.Owner, out var list))
                _byOwner[hit.Phrase.Owner] = list = [];
            list.Add(hit);
        }
    }

    private static bool IsBase(LabelHit hit) => hit.Phrase.Owner >= Concepts.All.Count && hit.Phrase.Owner < 2 * Concepts.All.Count;

    private static IEnumerable<Phrase> ConceptPhrases()
    {
        for (var i = 0; i < Concepts.All.Count; i++)
        {
            var concept = Concepts.All[i];
            var phrases = concept.Strong.Select(l => Phrase.Of(l, i, 1))
                .Concat(concept.Labels.Select(l => Phrase.Of(l, i, 0.85)))
                .Concat(concept.Weak.Select(l => Phrase.Of(l, i, 0.5)))
                .Concat(concept.Inline.Select(l => Phrase.Of(l, i, 0.8, rowOnly: true)))
                .Concat(concept.Base.Select(l => Phrase.Of(l, BaseOwner(i), 0.9)));
            foreach (var phrase in phrases)
                if (phrase is not null)
                    yield return phrase;
        }
    }

    // "Name: …" with a colon that is no time of day (13:04) and no address (http://).
    [GeneratedRegex(@"^[^:\d]{1,40}:(?!//)")]
    private static partial Regex Separated();

    [GeneratedRegex(@"^\s*(?:\([^)]{0,24}\))?\s*(?:[:#=]|[.\-_…]{2,}|$)")]
    private static partial Regex SeparatorAhead();

    // 电压 380V: a label and its value without a mark between them.
    [GeneratedRegex(@"^ [^ ]{0,6}\d")]
    private static partial Regex GapThenDigits();

    [GeneratedRegex(@"\([^)]{0,24}\)")]
    private static partial Regex Bracket();
}
