using System.Text.RegularExpressions;

namespace GlmStudio.Engine.Values;

/// <summary>Reads list fields from the rows of a table, a menu or a receipt.</summary>
internal sealed partial class TableReader(PageText page, LabelSpotter labels)
{
    private const int MostEntries = 500;

    private (Cell[]? Header, List<Cell[]> Rows)? _body;

    private static readonly HashSet<string> NameColumns = ["items", "item_names", "dishes", "product_name", "test_item", "results"];
    private static readonly HashSet<string> Columns =
        [.. NameColumns, "quantity", "unit_price", "price", "list_price", "unit", "result", "reference_range", "specification", "tax_rate", "tax", "total", "sku", "discount", "model"];
    private static readonly HashSet<string> Footers =
        ["total", "subtotal", "tax", "cash", "change", "rounding", "discount", "service_charge", "freight", "cashier", "remark", "examiner", "reviewer", "payment_method", "payee_clerk", "drawer", "signature", "receipt_number", "date", "phone", "tax_id", "address"];

    /// <summary>The entries, or null where the page has no such rows.</summary>
    public Found? Read(FieldPlan plan)
    {
        var parts = Parts.Of(plan);
        var (header, body) = _body ??= Body();
        var entries = plan.Concept?.Role switch
        {
            "rows" => header is null ? [] : body.Where(r => r.Length > 1).Select(r => Whole(r)).ToList(),
            "flagged" => body.Select(Flagged).OfType<Reading>().ToList(),
            "categories" => Categories(),
            "items" or "names" => header is null || !HasName(header) ? Priced(parts, page.Rows) : UnderHeader(header, body, parts),
            _ => [],
        };
        if (entries.Count == 0)
            return null;
        var list = entries.Take(MostEntries).ToList();
        return new Found(new Reading(string.Join('\n', list.Select(e => e.Text)), [.. list.SelectMany(e => e.Spans)], 1), header is null ? 0.55 : 0.75);
    }

    /// <summary>Which columns an entry has, from the words and the example of the field.</summary>
    private readonly record struct Parts(bool Price, bool Quantity)
    {
        public static Parts Of(FieldPlan plan)
        {
            var words = $"{plan.Field.Label} {plan.Field.Description} {plan.Field.Example}";
            var without = NamesOnly().IsMatch(words) || plan.Concept?.Role == "names";
            return new Parts(!without && (PriceWord().IsMatch(words) || plan.Concept?.Name == "dishes"), !without && QuantityWord().IsMatch(words));
        }
    }

    /// <summary>The head of the first table and the rows beneath it, up to the sums.</summary>
    private (Cell[]? Header, List<Cell[]> Rows) Body()
    {
        for (var row = 0; row < page.Rows.Count; row++)
        {
            var cells = page.Rows[row];
            var known = cells.Sum(c => ConceptsIn(c).Count(Columns.Contains));
            if (known < 2 || cells.Any(c => c.Text.Contains(':', StringComparison.Ordinal) || ValueReader.Amounts(c.All).Any()) || known < cells.Length - 2)
                continue;
            return (cells, [.. page.Rows.Skip(row + 1).TakeWhile(r => !IsFooter(r))]);
        }
        return (null, [.. page.Rows]);
    }

    private IEnumerable<string> ConceptsIn(Cell cell) => labels.In(cell).Where(h => h.Phrase.Owner < Concepts.All.Count && h.Strength >= 0.45)
        .GroupBy(h => h.Start).Select(g => g.Select(h => Concepts.All[h.Phrase.Owner].Name).OrderByDescending(NameColumns.Contains).ThenByDescending(Columns.Contains).First());

    private bool IsFooter(Cell[] row) => labels.In(row[0]).Any(h => h.Start <= 2 && h.Strength >= 0.8 && h.Phrase.Owner < Concepts.All.Count
        && Footers.Contains(Concepts.All[h.Phrase.Owner].Name) && (h.End >= row[0].Text.Length - 12 || LabelSpotter.FollowedBySeparator(h)));

    private bool HasName(Cell[] header) => header.Length > 1 && header.Any(c => ConceptsIn(c).Any(NameColumns.Contains));

    private static Reading Whole(Cell[] row)
    {
        var spans = row.Where((c, i) => i > 0 || !RowNumber().IsMatch(c.Text)).Select(c => c.All).ToList();
        return new Reading(string.Join(' ', spans.Select(s => s.Raw)), spans, 1);
    }

    /// <summary>Rows of a table with a head: each cell belongs to the column that it overlaps most.</summary>
    private List<Reading> UnderHeader(Cell[] header, List<Cell[]> body, Parts parts)
    {
        List<Reading> entries = [];
        foreach (var row in body)
        {
            List<Span> spans = [];
            foreach (var cell in row)
                if (Wanted(ColumnOf(header, cell), parts))
                    spans.Add(cell.All);
            if (spans.Count == 0 || !spans.Exists(s => s.Text.Any(char.IsLetter)))
                continue;
            spans[0] = WithoutNumber(spans[0]);
            if (row.Length == 1 && entries.Count > 0 && spans[0].Cell.Row == entries[^1].Spans[^1].Cell.Row + 1 && !parts.Price)
                entries[^1] = HeadGuess.Joined([.. entries[^1].Spans, .. spans], 1); // a name that goes on in the next line
            else
                entries.Add(new Reading(string.Join(' ', spans.Select(s => s.Raw)), spans, 1));
        }
        return entries;
    }

    private static bool Wanted(string? column, Parts parts) => column is not null
        && (NameColumns.Contains(column) || (parts.Price && column is "price" or "unit_price" or "total" && parts.Price)
            || (parts.Quantity && column is "quantity" or "specification" && parts.Quantity));

    private string? ColumnOf(Cell[] header, Cell cell)
    {
        var column = header.Where(h => h.Area.OverlapAcross(cell.Area) > 0.1).OrderBy(h => Math.Abs(h.Area.CentreX - cell.Area.CentreX)).FirstOrDefault()
            ?? header.MinBy(h => Math.Abs(h.Area.CentreX - cell.Area.CentreX));
        return column is null ? null : ConceptsIn(column).FirstOrDefault(Columns.Contains);
    }

    /// <summary>Rows without a head: words, then a price; several of them in a row are several entries.</summary>
    private List<Reading> Priced(Parts parts, IEnumerable<Cell[]> rows)
    {
        List<Reading> entries = [];
        foreach (var row in rows.Where(r => !IsFooter(r)))
        {
            List<Span> name = [];
            foreach (var cell in row)
            {
                var price = PriceAtEnd().Match(cell.Text);
                if (!price.Success)
                {
                    name.Add(cell.All);
                    continue;
                }
                if (price.Index > 0)
                    name.Add(new Span(cell, 0, price.Index).Trim());
                Add(name, new Span(cell, price.Groups["price"].Index, price.Groups["price"].Index + price.Groups["price"].Length));
                name = [];
            }
        }
        return entries;

        void Add(List<Span> name, Span price)
        {
            name.RemoveAll(s => s.Length == 0 || (!parts.Quantity && Quantity().IsMatch(s.Text)));
            if (name.Count == 0 || !name.Exists(s => s.Text.Count(char.IsLetter) > 1) || name.Exists(s => labels.IsLabel(s.Cell) || DateReading.Find(s.Text).Count > 0))
                return;
            name[0] = WithoutNumber(name[0]);
            List<Span> spans = parts.Price ? [.. name, price] : name;
            entries.Add(new Reading(string.Join(' ', spans.Select(s => s.Raw)), spans, 1));
        }
    }

    /// <summary>A row marked as out of its range: its name and the mark.</summary>
    private Reading? Flagged(Cell[] row)
    {
        var name = row.Select(c => c.All).FirstOrDefault(s => s.Text.Any(char.IsLetter));
        foreach (var cell in name.Cell is null ? [] : row)
            if (Flag().Match(cell.Text) is { Success: true } flag && (cell != name.Cell || flag.Index > 1))
            {
                var mark = new Span(cell, flag.Groups["flag"].Index, flag.Groups["flag"].Index + flag.Groups["flag"].Length);
                return new Reading($"{WithoutNumber(name).Raw} {mark.Raw}", [name, mark], 1);
            }
        return null;
    }

    /// <summary>Lines alone in their row, without a price, right above rows with prices.</summary>
    private List<Reading> Categories()
    {
        List<Reading> found = [];
        for (var row = 1; row + 1 < page.Rows.Count; row++)
            if (page.Rows[row] is [var cell] && cell.Text.Length < 30 && !cell.Text.Any(char.IsAsciiDigit) && !labels.IsLabel(cell)
                && page.Rows[row + 1].Any(c => PriceAtEnd().IsMatch(c.Text)) && cell.Text.Count(char.IsLetter) > 1)
                found.Add(new Reading(cell.Raw, [cell.All], 1));
        return found;
    }

    private static Span WithoutNumber(Span span) => RowNumberBefore().Match(span.Text) is { Success: true } number ? span.Part(number.Length, span.Length - number.Length) : span;

    [GeneratedRegex(@"^\W*\d{1,3}[.)、]?$")]
    private static partial Regex RowNumber();

    [GeneratedRegex(@"^\d{1,3}(?:[.)、]\s*|\s+)(?=\p{L}|\*)")]
    private static partial Regex RowNumberBefore();

    [GeneratedRegex(@"(?:^|(?<=[\s.…·\u4e00-\u9fff)]))(?:RM|[¥$€£])?\s?(?<price>\d{1,6}(?:[.,]\d{1,2})?)\s?(?:元|RM|€)?(?:/\p{L}{1,3})?\s?[A-Z]{0,2}$")]
    private static partial Regex PriceAtEnd();

    [GeneratedRegex(@"^[x×*@]?\s?\d{1,3}(?:\.0+)?\s?[x×*@]?(?:\s|$)|^\d+[x×]", RegexOptions.IgnoreCase)]
    private static partial Regex Quantity();

    [GeneratedRegex(@"(?:^|[\s\d.])(?<flag>[↑↓]+|HH?|LL?|[高低]|阳性|\*)\s*$")]
    private static partial Regex Flag();

    [GeneratedRegex(@"price|价|amount|金额", RegexOptions.IgnoreCase)]
    private static partial Regex PriceWord();

    [GeneratedRegex(@"quantity|qty|数量|规格|[x×] ?\d", RegexOptions.IgnoreCase)]
    private static partial Regex QuantityWord();

    [GeneratedRegex(@"不含|names? only|only the names?|without price", RegexOptions.IgnoreCase)]
    private static partial Regex NamesOnly();
}
