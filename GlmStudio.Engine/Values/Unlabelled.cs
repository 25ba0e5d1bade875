using System.Text.RegularExpressions;

namespace GlmStudio.Engine.Values;

/// <summary>Values that pages print without a label, found by what they look like and where they stand.</summary>
internal sealed partial class Unlabelled(PageText page, LabelSpotter labels)
{
    private const int MostCells = 1_500;

    private readonly HeadGuess _head = new(page, labels);

    public Found? Find(FieldPlan plan, Payment payment) => plan.Concept?.Role switch
    {
        "company" => Scored(_head.Company()),
        "address" => Scored(_head.Address()),
        "date" => Date(plan),
        "datelike" => OnlyDate(plan),
        "total" => payment.Settled() is { } settled ? new Found(settled, 0.6) : null,
        "title" => Scored(_head.Prominent(titles: true)),
        "product" => Scored(_head.Prominent(titles: false)),
        "phone" => Phone(),
        "email" => Pattern(Email(), 0.85),
        "website" => Pattern(Website(), 0.8),
        "barcode" => Pattern(Barcode(), 0.6),
        "brand" => Pattern(Brand(), 0.6),
        "status" => Pattern(Status(), 0.75),
        "currency" => Currency(),
        "price" => Price(),
        "maker" => OnlyCompany(),
        "shipping_address" => AddressBesidePhone(),
        "person" => NameBesidePhone(),
        _ => plan.Concept?.Unit is { } unit ? ByUnit(unit) : null,
    };

    private static Found? Scored(Reading? reading) => reading is null ? null : new Found(reading, reading.Fit);

    private IEnumerable<Cell> Cells => page.Cells.Take(MostCells);

    /// <summary>The first sure date that no other label claims; one with a time beside it rather than one without.</summary>
    private Found? Date(FieldPlan plan) =>
        (from cell in Cells
         from reading in ValueReader.Dates(cell.All, plan.WithTime)
         where reading.Fit > 0.7 && !IsClaimed(cell, reading.Spans[0].Start, plan)
         let time = page.Rows[cell.Row].Any(c => Time().IsMatch(c.Text)) ? 0.08 : 0
         select new Found(reading, 0.75 * reading.Fit * (reading.Fit < 0.9 ? 0.75 : 1) + time - 0.12 * cell.Area.Y / page.Height)).MaxBy(f => f.Score);

    private Found? OnlyDate(FieldPlan plan)
    {
        var dates = Cells.SelectMany(c => ValueReader.Dates(c.All, plan.WithTime).Where(r => r.Fit > 0.9 && !IsClaimed(c, r.Spans[0].Start, plan))).Take(3).ToList();
        return dates.Count == 1 ? new Found(dates[0], 0.5) : null;
    }

    /// <summary>Whether the label in front of a value, in its cell or left of it, means another concept that is a date.</summary>
    private bool IsClaimed(Cell cell, int start, FieldPlan plan)
    {
        var left = cell.Column > 0 ? page.Rows[cell.Row][cell.Column - 1] : null;
        var above = page.Rows.ElementAtOrDefault(cell.Row - 1)?.FirstOrDefault(c => c.Area.OverlapAcross(cell.Area) > 0.5);
        var hits = labels.In(cell).Where(h => h.End <= start)
            .Concat(left is null ? [] : labels.In(left)).Concat(above is not null && labels.IsKnown(above) ? labels.In(above) : []);
        return hits.Any(h => h.Phrase.Owner < Concepts.All.Count && Concepts.All[h.Phrase.Owner] is var other && other != plan.Concept
            && other.Types.Contains("date") && other.Role != "date" && h.Strength > 0.9 && !plan.Owners.Any(o => o.Owner == h.Phrase.Owner));
    }

    private Found? Phone()
    {
        var phones = Cells.Where(c => !labels.In(c).Any(h => h.Strength > 0.8 && h.Phrase.Compact.Length > 1))
            .SelectMany(c => ValueReader.Phones(c.All).Where(r => LooksDialled().IsMatch(r.Text.Trim()) && r.Spans[0].Length * 2 > c.Text.Length)).Take(4).ToList();
        return phones.Count is 1 or 2 ? new Found(phones[0], 0.55) : null;
    }

    private Found? Pattern(Regex pattern, double score)
    {
        foreach (var cell in Cells)
            if (pattern.Match(cell.Text) is { Success: true } match && match.Groups["value"] is var value)
            {
                var span = new Span(cell, value.Index, value.Index + value.Length);
                return new Found(new Reading(span.Raw, [span], score), score);
            }
        return null;
    }

    private Found? Currency()
    {
        foreach (var cell in Cells)
            if (CurrencySign().Match(cell.Text) is { Success: true } match)
            {
                var span = new Span(cell, match.Index, match.Index + match.Length);
                return new Found(new Reading(span.Raw, [span], 0.7), 0.7);
            }
        return null;
    }

    /// <summary>A price tag: the amount with a currency that is printed largest.</summary>
    private Found? Price()
    {
        var best = Cells.SelectMany(c => ValueReader.Amounts(c.All).Where(r => r.Fit >= 0.99).Select(r => (c, r))).DefaultIfEmpty().MaxBy(p => p.c?.Area.Height ?? 0);
        return best.c is null || (best.c.Area.Height < 1.3 * page.LineHeight && !CurrencySign().IsMatch(best.c.Text)) ? null : new Found(best.r, 0.5);
    }

    private Found? OnlyCompany()
    {
        var makers = Cells.Where(c => LineKinds.LegalEntity(c.Text) && !labels.IsLabel(c) && c.Text.Length < 60).Take(2).ToList();
        return makers.Count == 1 ? new Found(new Reading(makers[0].Raw, [makers[0].All], 0.55), 0.55) : null;
    }

    private Found? AddressBesidePhone()
    {
        var address = Cells.FirstOrDefault(c => LineKinds.Address(c.Text) >= 1.8 && !labels.IsLabel(c));
        if (address is null)
            return null;
        var isDelivery = Enumerable.Range(address.Row - 2, 5).Where(r => r >= 0 && r < page.Rows.Count)
            .Any(r => page.Rows[r].Any(c => ValueReader.Phones(c.All).Any()));
        return isDelivery ? new Found(new Reading(address.Raw, [address.All], 0.55), 0.55) : null;
    }

    /// <summary>张三 138****8000: the name before a telephone number.</summary>
    private Found? NameBesidePhone()
    {
        foreach (var row in page.Rows.Take(200))
        {
            var text = row[0].Text;
            if (NameAndPhone().Match(text) is { Success: true } both)
                return Name(new Span(row[0], both.Groups["value"].Index, both.Groups["value"].Index + both.Groups["value"].Length));
            if (row.Length > 1 && OnlyName().IsMatch(text) && ValueReader.Phones(row[1].All).Any() && !labels.IsKnown(row[0]))
                return Name(row[0].All);
        }
        return null;

        static Found Name(Span span) => new(new Reading(span.Raw, [span], 0.6), 0.6);
    }

    /// <summary>380V, 50Hz: where only one thing on the page has the unit, the unit is label enough.</summary>
    private Found? ByUnit(string unit)
    {
        var pattern = new Regex($@"(?<![\w.])\d[\d.,]*(?:\s?[-~/]\s?\d[\d.,]*)?\s?(?:{unit})(?![A-Za-z\d])", RegexOptions.CultureInvariant);
        var spans = Cells.SelectMany(c => pattern.Matches(c.Text).Select(m => new Span(c, m.Index, m.Index + m.Length))).Take(3).ToList();
        return spans.Count == 1 ? new Found(new Reading(spans[0].Raw, [spans[0]], 0.55), 0.55) : null;
    }

    [GeneratedRegex(@"\b\d{1,2}:\d{2}")]
    private static partial Regex Time();

    [GeneratedRegex(@"^(?:\+|\(?0\d|1\d{10}$|1\d{2}[\d*]|[48]00|\(\d{3}\))")]
    private static partial Regex LooksDialled();

    [GeneratedRegex(@"(?<value>[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4})")]
    private static partial Regex Email();

    [GeneratedRegex(@"(?<value>(?:https?://|www\.)[\w./?=&%-]{3,120})", RegexOptions.IgnoreCase)]
    private static partial Regex Website();

    [GeneratedRegex(@"^\W*(?<value>\d(?: ?\d){11,13})\W*$")]
    private static partial Regex Barcode();

    [GeneratedRegex(@"^(?<value>[\u4e00-\u9fff]{2,5}牌)|^(?<value>[\p{L}\d '&.-]{2,24}?)\s?[®™]")]
    private static partial Regex Brand();

    [GeneratedRegex(@"^\W*(?<value>(?:等待)?(?:买家|卖家)?(?:待付款|待发货|待收货|待评价|待取货|待处理|已付款|已发货|已签收|已完成|已取消|已送达|已收货|已关闭|交易成功|交易完成|交易关闭|运输中|派送中|配送中|备货中|退款中|退款成功|订单已完成|订单已取消|订单完成|制作中)|delivered|shipped|pending|completed|processing|cancell?ed|in transit|out for delivery|refunded|paid)\W*$", RegexOptions.IgnoreCase)]
    private static partial Regex Status();

    [GeneratedRegex(@"[¥€£₩₹₫฿]|(?:US|HK|NT|S|A)\$|\$|(?<![A-Za-z])RM(?=[ .\d]|$)|(?<=\d ?)元|\b(?:USD|EUR|CNY|RMB|GBP|MYR|SGD|HKD)\b")]
    private static partial Regex CurrencySign();

    [GeneratedRegex(@"^(?<value>[\u4e00-\u9fff]{2,4}|\p{Lu}\p{Ll}+ \p{Lu}\p{Ll}+)[ ,，]+(?:\+?86[- ]?)?1\d{2}[\d*]{8}\b")]
    private static partial Regex NameAndPhone();

    [GeneratedRegex(@"^[\u4e00-\u9fff]{2,4}$")]
    private static partial Regex OnlyName();
}
