namespace GlmStudio.Engine.Values;

/// <summary>A label to look for on a page.</summary>
/// <param name="Compact">Its compact characters, at most 40.</param>
/// <param name="Owner">Whose label it is; see <see cref="LabelSpotter"/>.</param>
/// <param name="Weight">How surely this label means its owner, 0 … 1.</param>
/// <param name="RowOnly">The value must stand in the same row.</param>
internal sealed record Phrase(string Compact, int Owner, double Weight, bool RowOnly = false)
{
    private const int Longest = 40;

    /// <summary>The pairs that a text must (nearly all) have.</summary>
    public Grams Pairs { get; } = Grams.Of(Compact);

    /// <summary>How many characters recognition may have got wrong: short words must be exact, or any would match.</summary>
    public int Errors { get; } = Values.Compact.IsLatin(Compact)
        ? Compact.Length switch { < 5 => 0, < 10 => 1, _ => 2 }
        : Compact.Length < 5 ? 0 : 1;

    public bool IsLatin { get; } = Values.Compact.IsLatin(Compact);

    public static Phrase? Of(string label, int owner, double weight, bool rowOnly = false) =>
        Values.Compact.Of(label) is { Length: > 0 and <= Longest } compact ? new Phrase(compact, owner, weight, rowOnly) : null;

    /// <summary>A cheap test before <see cref="MatchAt"/>: one of the first characters is where it should be, give or take the allowed errors.</summary>
    public bool MayMatchAt(string text, int start)
    {
        for (var i = 0; i <= Errors; i++)
            for (var j = 0; j <= Errors && start + j < text.Length; j++)
                if (Compact[i] == text[start + j])
                    return true;
        return false;
    }

    /// <summary>Matches at one place of a text, from there on.</summary>
    /// <returns>Where the match ends in the text's compact characters and how many errors it has; null where there is none.</returns>
    public (int End, int Errors)? MatchAt(Compact text, int start)
    {
        var rest = text.Text.Length - start;
        if (rest < Compact.Length - Errors)
            return null;
        if (text.Text.AsSpan(start).StartsWith(Compact, StringComparison.Ordinal))
            return EndsWell(text, start + Compact.Length) ? (start + Compact.Length, 0) : null;
        return Errors == 0 ? null : MatchRoughly(text, start, Math.Min(rest, Compact.Length + Errors));
    }

    /// <summary>Levenshtein's table row by row; the last column's best allowed value is the match.</summary>
    private (int, int)? MatchRoughly(Compact text, int start, int length)
    {
        Span<int> above = stackalloc int[Longest + 1];
        Span<int> row = stackalloc int[Longest + 1];
        for (var i = 0; i <= Compact.Length; i++) above[i] = i;
        (int End, int Errors)? best = null;
        for (var j = 1; j <= length; j++)
        {
            row[0] = j;
            var least = j;
            for (var i = 1; i <= Compact.Length; i++)
            {
                var change = above[i - 1] + (Compact[i - 1] == text.Text[start + j - 1] ? 0 : 1);
                row[i] = Math.Min(change, Math.Min(above[i], row[i - 1]) + 1);
                least = Math.Min(least, row[i]);
            }
            if (least > Errors)
                break;
            if (row[Compact.Length] <= Errors && (best is null || row[Compact.Length] < best.Value.Errors) && (!IsLatin || text.Starts[start + j]))
                best = (start + j, row[Compact.Length]);
            var swap = above;
            above = row;
            row = swap;
        }
        return best;
    }

    /// <summary>European words must end where the match ends; long ones may run into the next word, whose space was not read.</summary>
    private bool EndsWell(Compact text, int end) => !IsLatin || text.Starts[end] || Compact.Length >= 7;
}
