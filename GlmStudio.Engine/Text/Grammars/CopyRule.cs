namespace GlmStudio.Engine.Text.Grammars;

/// <summary>A run of a page that is being written: all places of the page where it may stand.</summary>
internal sealed class CopyRule : Rule
{
    private readonly int[] _places;
    private readonly (byte Value, int Place)[] _ways;
    private readonly bool _isBetween;

    /// <param name="page">What is copied.</param>
    /// <param name="places">Places that lead to an end in the characters left, ascending.</param>
    /// <param name="left">Characters that may still begin.</param>
    /// <param name="needed">What must still come.</param>
    /// <param name="mayLeaveLine">Whether the run may go on with the next line.</param>
    public CopyRule(CopiedPage page, int[] places, long left, Needed needed, bool mayLeaveLine)
    {
        (Page, _places, Left, Needed, MayLeaveLine) = (page, places, left, needed, mayLeaveLine);
        // All places have the same text behind them.
        _isBetween = page.IsBetween(places[0]);
        MatchesEmpty = needed == Needed.Nothing && Array.Exists(places, page.MayEnd);
        Shortest = MatchesEmpty ? 0 : Math.Max(1, places.Min(p => page.Cost(p, needed)));
        Longest = Add(Times(left, page.LongestCharacter), _isBetween ? 0 : page.LongestCharacter - 1);
        _ways = Ways();
        foreach (var (value, _) in _ways) First = First.With(value);
    }

    public CopiedPage Page { get; }

    /// <summary>Places here and after one byte: what it takes to keep and to make.</summary>
    public int Size => _places.Length + _ways.Length;

    public long Left { get; }

    public Needed Needed { get; }

    public bool MayLeaveLine { get; }

    /// <summary>The same run with other characters left, at least as many as it needs.</summary>
    public Rule With(long left, RuleBook book) => left == Left ? this : book.Copy(Page, _places, left, Needed, MayLeaveLine);

    public override Rule After(byte value, RuleBook book)
    {
        int[] places = [.. _ways.Where(w => w.Value == value).Select(w => w.Place)];
        if (places.Length == 0) return Rules.Nothing;
        return book.Copy(Page, places, LeftAfter, Page.Left(places[0], Needed), MayLeaveLine);
    }

    public override bool IsLike(Rule other) => other is CopyRule rule && ReferenceEquals(rule.Page, Page) && rule.Left == Left && rule.Needed == Needed
        && rule.MayLeaveLine == MayLeaveLine && rule._places.AsSpan().SequenceEqual(_places);

    public override int HashOfParts()
    {
        var hash = new HashCode();
        hash.Add(Left);
        hash.Add(Needed);
        hash.Add(MayLeaveLine);
        foreach (var place in _places) hash.Add(place);
        return hash.ToHashCode();
    }

    private long LeftAfter => _isBetween ? Left - 1 : Left;

    private (byte Value, int Place)[] Ways()
    {
        var ways = new List<(byte Value, int Place)>();
        foreach (var place in _places) Page.Next(place, MayLeaveLine, ways);
        return [.. ways.Where(w => Page.Cost(w.Place, Needed) <= LeftAfter)];
    }
}
