using System.Text.RegularExpressions;

namespace GlmStudio.Engine.Values;

/// <summary>Who issued the page and where they are, from the lines at its top: these rarely carry a label.</summary>
internal sealed partial class HeadGuess(PageText page, LabelSpotter labels)
{
    private const int MostRows = 14;
    private const int MostAddressLines = 7;

    private bool? _issued;

    /// <summary>The company: a prominent line near the top, surest with a legal form or a kind of business in it.</summary>
    public Reading? Company()
    {
        Cell? best = null;
        var bestScore = 0.0;
        foreach (var cell in page.Cells.Where(c => c.Row < MostRows))
            if (CompanyScore(cell) is var score && score > bestScore + 1e-9)
                (best, bestScore) = (cell, score);
        return best is null || bestScore < 0.35 ? null : Named(best, Math.Min(0.95, bestScore));
    }

    private double CompanyScore(Cell cell)
    {
        var text = cell.Text;
        var letters = text.Count(char.IsLetter);
        if (letters < 2 || letters * 2 < text.Length || LineKinds.DocumentTitle(text) || LineKinds.SmallPrint(text) || labels.IsLabel(cell))
            return 0;
        var isLegal = LineKinds.LegalEntity(text);
        var isCompany = isLegal || LineKinds.Company(text);
        if (!isCompany && LineKinds.Address(text) >= 1)
            return 0;
        var size = Math.Clamp(cell.Area.Height / page.LineHeight, 0.7, 2);
        var score = 0.25 + (isLegal ? 0.48 : isCompany ? 0.3 : 0) + 0.14 * (size - 1) - 0.03 * cell.Row - 0.2 * cell.Area.Y / page.Height;
        if (!isLegal && LineKinds.Address(text) >= 1 && text.Any(c => char.IsAsciiDigit(c) || c == ','))
            score -= 0.2; // Harbour Street Café is a company, 41 Harbour Street, Hotel District is none
        return isCompany ? score : cell.Row < 4 && IsIssued ? score + 0.22 : score - 0.1;
    }

    /// <summary>Whether the page is a receipt or the like, which somebody issued: it has a sum or a number.</summary>
    private bool IsIssued => _issued ??= Concepts.All.Select((c, i) => (c, i)).Where(p => p.c.Name is "total" or "subtotal" or "cash" or "receipt_number" or "invoice_number")
        .Any(p => labels.Of(p.i).Any(h => h.Strength > 0.7)) || page.Cells.Count(c => PriceLike().IsMatch(c.Text)) > 2;

    [GeneratedRegex(@"(?:^|[\s.¥$€£…])\d{1,5}(?:\.\d{1,2})?(?:元|/\p{L}+)?$")]
    private static partial Regex PriceLike();

    /// <summary>The line without its registration number, with close neighbours; the line above too where this one is only "SDN BHD" or goes on with "&amp;".</summary>
    private Reading Named(Cell cell, double fit)
    {
        var cells = page.Rows[cell.Row].Where(c => LineKinds.Company(c.Text) || c == cell || !LineKinds.SmallPrint(c.Text)).ToList();
        var (first, last) = (cells.IndexOf(cell), cells.IndexOf(cell));
        while (first > 0 && IsNear(cells[first - 1], cells[first])) first--;
        while (last + 1 < cells.Count && IsNear(cells[last], cells[last + 1])) last++;
        List<Span> spans = [.. cells[first..(last + 1)].Select(c => new Span(c, 0, LineKinds.LengthWithoutRegistration(c.Text)).Trim())];
        var above = cell.Row > 0 && LineKinds.OnlyLegalForm(string.Join(' ', spans.Select(s => s.Text)))
            ? page.Rows[cell.Row - 1].MaxBy(c => c.Area.OverlapAcross(cell.Area)) : null;
        if (above is not null && !LineKinds.SmallPrint(above.Text))
            spans.Insert(0, above.All.Trim());
        if (spans[^1].Text.EndsWith('&') && cell.Row + 1 < page.Rows.Count)
            spans.Add(Beneath(cell.Row + 1, cell).All.Trim());
        return Joined(spans, fit);
    }

    private static bool IsNear(Cell left, Cell right) => right.Area.X - left.Area.Right < 1.5 * left.Area.Height;

    /// <summary>The address: the first block of lines near the top with enough signs of one.</summary>
    public Reading? Address() => page.Cells.Where(c => c.Row < 2 * MostRows && StartsAddress(c)).Take(4).Select(AddressFrom).FirstOrDefault(a => a is not null);

    private Reading? AddressFrom(Cell start)
    {
        List<Cell> lines = [start];
        for (var row = start.Row + 1; row < page.Rows.Count && lines.Count < MostAddressLines && !LineKinds.Country(lines[^1].Text); row++)
        {
            var next = Beneath(row, start);
            var isBetween = row + 1 < page.Rows.Count && IsPlain(next) && Beneath(row + 1, start) is var after && IsClose(next, after) && LineKinds.Address(after.Text) >= 1;
            if (!IsClose(lines[^1], next) || !(GoesOn(next, lines[^1]) || isBetween))
                break;
            lines.Add(next);
        }
        var evidence = lines.Sum(l => Math.Max(0, LineKinds.Address(l.Text)));
        return evidence < 1.8 ? null : Joined(lines.Select(l => new Span(l, 0, LineKinds.LengthWithoutTelephone(l.Text)).Trim()), Math.Min(0.9, 0.4 + 0.1 * evidence));
    }

    private Cell Beneath(int row, Cell start) => page.Rows[row].MaxBy(c => c.Area.OverlapAcross(start.Area))!;

    private bool IsClose(Cell upper, Cell lower) => lower.Area.Y - upper.Area.Bottom <= 1.5 * page.LineHeight;

    /// <summary>Words that say nothing against an address.</summary>
    private bool IsPlain(Cell cell) => !labels.IsLabel(cell) && !LineKinds.SmallPrint(cell.Text) && !LineKinds.DocumentTitle(cell.Text) && cell.Text.Length < 50
        && cell.Text.Count(char.IsLetter) * 3 > cell.Text.Length * 2 && LineKinds.Address(cell.Text) >= 0;

    private bool StartsAddress(Cell cell) =>
        LineKinds.Address(cell.Text) >= 0.9 && cell.Text.Count(char.IsLetter) > 2 && !LineKinds.LegalEntity(cell.Text) && !labels.IsLabel(cell) && !LineKinds.DocumentTitle(cell.Text)
        && (cell.Text.Any(c => char.IsAsciiDigit(c) || c == ',') || !LineKinds.Company(cell.Text));

    /// <summary>A further line of an address: another good sign, or a short line of letters after a comma.</summary>
    public bool GoesOn(Cell cell, Cell before)
    {
        var text = cell.Text[..LineKinds.LengthWithoutTelephone(cell.Text)];
        if ((labels.IsLabel(cell) && text.Length == cell.Text.Length) || LineKinds.SmallPrint(text) || LineKinds.DocumentTitle(text) || LineKinds.LegalEntity(text))
            return false;
        if (LineKinds.Address(text) is var score && score != 0)
            return score >= 0.8;
        var open = before.Text.TrimEnd().EndsWith(',');
        return open && text.Count(char.IsLetter) * 2 > text.Length && text.Length < 40;
    }

    /// <summary>Lines as one, a space between them.</summary>
    public static Reading Joined(IEnumerable<Span> spans, double fit)
    {
        var list = spans.Where(s => s.Length > 0).ToList();
        var between = list.TrueForAll(s => s.Raw.Any(TextSteps.IsIdeograph)) ? "" : " ";
        return new Reading(string.Join(between, list.Select((s, i) => i + 1 < list.Count ? s.WithComma().Raw : s.Raw)), list, fit);
    }

    /// <summary>The most prominent line of the upper part: a title, a product's name.</summary>
    public Reading? Prominent(bool titles)
    {
        var cells = page.Cells.Where(c => c.Area.Y < 0.45 * page.Height && c.Text.Count(char.IsLetter) * 2 > c.Text.Length && c.Text.Length is > 1 and < 60
            && !labels.IsLabel(c) && LineKinds.DocumentTitle(c.Text) == titles && !LineKinds.LegalEntity(c.Text) && LineKinds.Address(c.Text) < 1).ToList();
        var best = cells.MaxBy(c => c.Area.Height * (c.Row < 4 ? 1.15 : 1));
        return best is null || (!titles && best.Area.Height < 1.25 * page.LineHeight) ? null : new Reading(best.Raw, [best.All], titles ? 0.6 : 0.5);
    }
}
