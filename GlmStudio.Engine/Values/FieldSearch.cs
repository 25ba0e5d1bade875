namespace GlmStudio.Engine.Values;

/// <summary>A value with how well the page supports it, 0 … 1.</summary>
internal sealed record Found(Reading Reading, double Score);

/// <summary>
/// Finds one field's value: every label that may mean the field × every place around it × every value of the type there, scored by how good the
/// label, the place and the value are; against that the value that can be told without a label. The best one counts if it is good enough.
/// </summary>
internal sealed class FieldSearch(PageText page, LabelSpotter labels)
{
    /// <summary>Below this a page is said not to show the value: an invented value is worse than a missing one.</summary>
    private const double Least = 0.42;
    private const int MostHits = 32;

    private readonly Surroundings _surroundings = new(page, labels);
    private readonly Sections _sections = new(page);
    private readonly Payment _payment = new(page, labels);
    private readonly Unlabelled _unlabelled = new(page, labels);
    private readonly HeadGuess _head = new(page, labels);

    public Found? Find(FieldPlan plan)
    {
        var best = Labelled(plan).Append(_unlabelled.Find(plan, _payment)).OfType<Found>().MaxBy(f => f.Score);
        if (best is null || best.Score < Least)
            return null;
        return best with { Score = Math.Clamp(best.Score, 0, 1) * best.Reading.Spans.Average(s => s.Cell.Line.Score) };
    }

    private IEnumerable<Found> Labelled(FieldPlan plan) =>
        from owner in plan.Owners
        from hit in Ends(labels.Of(owner.Owner))
        let trust = owner.Weight * hit.Strength * LabelScore(plan, hit, owner.Owner)
        where trust > 0.3
        from region in _surroundings.Around(hit)
        let place = trust * region.Geometry * Junction(plan, hit, region)
        where place > 0.3
        from reading in ValueReader.Read(plan, Narrowed(plan, region), plan.Concept is not null && region.Side != Side.Below && plan.ReadAs == FieldType.Money)
        select new Found(Completed(plan, hit, region, reading), place * reading.Fit * Prior(plan, hit, reading));

    /// <summary>Of very many occurrences the first and the last ones.</summary>
    private static IEnumerable<LabelHit> Ends(IReadOnlyList<LabelHit> hits) =>
        hits.Count <= MostHits ? hits : hits.Take(MostHits / 2).Concat(hits.Skip(hits.Count - MostHits / 2));

    /// <summary>How much an occurrence looks like a label: at the start of its cell, in its section, not turned into something else.</summary>
    private double LabelScore(FieldPlan plan, LabelHit hit, int owner)
    {
        var score = StartScore(hit, plan.Concept?.Role is "total" or "date");
        if (plan.Concept is not { } concept)
            return score;
        if (owner == LabelSpotter.BaseOwner(IndexOf(plan)))
            score *= _sections.Belongs(hit, concept.Section!, labels.Of(owner));
        return HasWord(hit, concept.Not) ? score * 0.35 : score;
    }

    private static int IndexOf(FieldPlan plan) => plan.Owners.Count > 1 ? plan.Owners[1].Owner : -1;

    private static double StartScore(LabelHit hit, bool lenient)
    {
        var before = hit.Cell.Text[..hit.Start].TrimEnd();
        if (before.Length == 0 || before[^1] is ':' or ',' or ';' or '|' or '/' or '(' or ')' or '[' or ']' or '*' or '·' or '•' or '-' or '#' or '"' or '【' or '】')
            return 1;
        if (before.TrimEnd('.', ')').All(char.IsDigit))
            return 1; // 3. Name: …
        if (LabelSpotter.FollowedBySeparator(hit) && hit.End < hit.Cell.Text.Length && (before.Contains(':', StringComparison.Ordinal) || before.Length < hit.Start))
            return before.Contains(':', StringComparison.Ordinal) ? 0.95 : lenient ? 0.8 : 0.5;
        return lenient ? 0.7 : hit.Phrase.Compact.Length > 7 ? 0.5 : 0.42;
    }

    /// <summary>A disqualifying word in the label's cell, outside the label and before any value.</summary>
    private static bool HasWord(LabelHit hit, IReadOnlyList<string> words)
    {
        if (words.Count == 0)
            return false;
        var text = hit.Cell.Text.ToLowerInvariant();
        var after = text[hit.End..];
        var rest = text[..hit.Start] + " " + (after.IndexOfAny([':', '=']) is var colon and >= 0 ? after[..colon] : after);
        return words.Any(w => rest.Contains(w, StringComparison.Ordinal)
            && (TextSteps.IsIdeograph(w[0]) || rest.Split([' ', '(', ')', '.', ',', ':', '/', '-', '@', '%', '#', '&']).Contains(w)));
    }

    /// <summary>Without a mark between them, label and text may be words of one sentence.</summary>
    private static double Junction(FieldPlan plan, LabelHit hit, Region region)
    {
        if (region.Separated || region.Side != Side.Same)
            return 1;
        if (plan.ReadAs is not (FieldType.Text or FieldType.List))
            return 0.95;
        return region.Spans[0].Raw.Any(char.IsAsciiDigit) || EndsInPreposition(hit) ? 0.8 : hit.Phrase.IsLatin ? 0.5 : 0.62;
    }

    /// <summary>Made in, manufactured by, bill to: the value follows as in a sentence.</summary>
    private static bool EndsInPreposition(LabelHit hit) =>
        hit.Cell.Text[hit.Start..hit.End].ToLowerInvariant().Split(' ') is [_, .., "in" or "of" or "by" or "to" or "from"];

    /// <summary>For values with digits a row ends where, after digits, words follow: that is the next label.</summary>
    private static Region Narrowed(FieldPlan plan, Region region)
    {
        if (region.Side != Side.Right || plan.ReadAs is FieldType.Text or FieldType.List or FieldType.Choice or FieldType.YesNo)
            return region;
        var count = 0;
        var seen = false;
        foreach (var span in region.Spans)
        {
            var hasDigits = span.Text.Any(char.IsAsciiDigit);
            if (seen && !hasDigits && span.Text.Count(char.IsLetter) > 3)
                break;
            seen |= hasDigits;
            count++;
        }
        return count == region.Spans.Count ? region : region with { Spans = [.. region.Spans.Take(count)] };
    }

    private double Prior(FieldPlan plan, LabelHit hit, Reading reading) => plan.Concept?.Role switch
    {
        "total" => _payment.TotalPrior(reading) * (1 + 0.06 * hit.Cell.Area.Y / page.Height) * (hit.Cell.Area.Height > 1.35 * page.LineHeight ? 1.08 : 1),
        "date" => 1 - 0.1 * hit.Cell.Area.Y / page.Height,
        _ => 1 - 0.03 * hit.Cell.Area.Y / page.Height,
    };

    /// <summary>Adds the following lines of a value that usually takes several, or that hangs beneath its first line.</summary>
    private Reading Completed(FieldPlan plan, LabelHit hit, Region region, Reading reading)
    {
        if (plan.ReadAs != FieldType.Text || reading.Spans.Count == 0)
            return reading;
        var first = reading.Spans[0];
        var left = first.Box.X * page.Width;
        var isAddress = plan.Concept?.Role is "address" or "shipping_address";
        if (plan.Concept?.Multi != true && (region.Side == Side.Below || left - hit.Cell.Area.X < 2 * page.LineHeight))
            return reading;
        var before = reading.Spans[^1].Cell;
        var more = _surroundings.Continuation(before, left, plan.Concept?.Multi == true ? 5 : 3, next =>
        {
            var goesOn = isAddress ? _head.GoesOn(next, before) || WrapsAtEdge(before, next) : Hangs(plan, next, left, before);
            before = next;
            return goesOn;
        }).ToList();
        return more.Count == 0 ? reading : HeadGuess.Joined([.. reading.Spans, .. more], reading.Fit);
    }

    /// <summary>Chinese text breaks anywhere: a line that reaches the right edge of its block goes on.</summary>
    private bool WrapsAtEdge(Cell before, Cell next) =>
        before.Area.Right > next.Area.Right && before.Text.Any(TextSteps.IsIdeograph) && next.Text.Any(TextSteps.IsIdeograph)
        && before.Area.Right > 0.7 * page.Width && !next.Text.Any(c => c is ':' or '¥') && !LineKinds.SmallPrint(next.Text);

    /// <summary>Known long texts go on anyway; unknown ones only where the next line starts under the value, not under the label.</summary>
    private bool Hangs(FieldPlan plan, Cell next, double left, Cell before) =>
        plan.Concept?.Multi == true
            ? before.Area.Right > next.Area.Right - page.LineHeight && page.Rows[next.Row].Length < 3
            : Math.Abs(next.Area.X - left) < 0.8 * page.LineHeight && page.Rows[next.Row].Length == 1 && next.Text.Count(char.IsLetter) * 2 > next.Text.Length;
}
