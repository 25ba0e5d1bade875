namespace GlmStudio.Engine.Values;

/// <summary>Many phrases, searched in one text: exact ones by their first character, the others after a cheap test by character pairs.</summary>
internal sealed class PhraseIndex
{
    private readonly Dictionary<char, Phrase[]> _exact;
    private readonly Phrase[] _rough;

    public PhraseIndex(IEnumerable<Phrase> phrases)
    {
        var all = phrases.ToList();
        _exact = all.Where(p => p.Errors == 0).GroupBy(p => p.Compact[0]).ToDictionary(g => g.Key, g => g.ToArray());
        _rough = [.. all.Where(p => p.Errors > 0)];
    }

    /// <summary>Adds every match that begins a word.</summary>
    public void Find(Cell cell, Compact text, List<LabelHit> hits)
    {
        foreach (var start in text.Words)
            if (_exact.TryGetValue(text.Text[start], out var phrases))
                foreach (var phrase in phrases)
                    Add(phrase, cell, text, start, hits);
        foreach (var phrase in _rough)
            if (phrase.Pairs.MissingIn(text.Pairs) <= 2 * phrase.Errors)
                foreach (var start in text.Words)
                    if (phrase.MayMatchAt(text.Text, start))
                        Add(phrase, cell, text, start, hits);
    }

    private static void Add(Phrase phrase, Cell cell, Compact text, int start, List<LabelHit> hits)
    {
        if (phrase.MatchAt(text, start) is not { } match)
            return;
        var end = text.Map[match.End - 1] + 1;
        if (cell.Text.AsSpan(text.Map[start], end - text.Map[start]).ContainsAny(':', '#', '='))
            return; // a mark ends a label
        var isAlone = phrase.Compact.Length > 1 || !phrase.IsLatin || (end < cell.Text.Length && cell.Text[end] is ':' or '.' or '=');
        if (isAlone)
            hits.Add(new LabelHit(cell, text.Map[start], end, phrase, phrase.Weight * (1 - (double)match.Errors / phrase.Compact.Length)));
    }
}
