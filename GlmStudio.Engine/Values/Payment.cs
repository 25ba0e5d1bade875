using System.Text.RegularExpressions;

namespace GlmStudio.Engine.Values;

/// <summary>What a receipt's sums say about its total: cash less change, and what the numbers add up to.</summary>
internal sealed partial class Payment
{
    private const decimal Cent = 0.011m;

    private readonly PageText _page;
    private readonly LabelSpotter _labels;
    private readonly Lazy<decimal[]> _paid;
    private readonly Lazy<int> _summary;

    public Payment(PageText page, LabelSpotter labels)
    {
        (_page, _labels) = (page, labels);
        _paid = new Lazy<decimal[]>(Differences);
        _summary = new Lazy<int>(() => page.Cells.Where(c => TaxSummary().IsMatch(c.Text)).Select(c => c.Row).DefaultIfEmpty(int.MaxValue).First());
    }

    /// <summary>How plausible an amount is as the total: not zero, not the last row of a tax summary, best what was paid.</summary>
    public double TotalPrior(Reading reading)
    {
        var value = Value(reading);
        if (value <= 0 || reading.Spans[0].Cell.Row > _summary.Value)
            return 0.4;
        return _paid.Value.Any(p => Math.Abs(p - value) < Cent) ? 1.2 : 1;
    }

    /// <summary>The amount that cash less change leaves, where it is printed on the page; null otherwise.</summary>
    public Reading? Settled() => _page.Cells.SelectMany(c => ValueReader.Amounts(c.All)).Where(r => r.Fit >= 0.8)
        .FirstOrDefault(r => _paid.Value.Any(p => Math.Abs(p - Value(r)) < Cent));

    private static decimal Value(Reading reading) => NumberReading.Find(reading.Text) is [var number, ..] ? number.Value : 0;

    private decimal[] Differences()
    {
        var cash = Amounts("cash").ToList();
        return [.. Amounts("change").SelectMany(change => cash.Where(c => c > change).Select(c => c - change)).Distinct().Take(16)];
    }

    /// <summary>The amounts right of the labels of a concept.</summary>
    private IEnumerable<decimal> Amounts(string concept)
    {
        var surroundings = new Surroundings(_page, _labels);
        var owner = Enumerable.Range(0, Concepts.All.Count).First(i => Concepts.All[i].Name == concept);
        return _labels.Of(owner).Take(8).SelectMany(surroundings.Around).Where(r => r.Side != Side.Below)
            .SelectMany(r => r.Spans).SelectMany(ValueReader.Amounts).Where(r => r.Fit >= 0.7).Select(Value);
    }

    [GeneratedRegex(@"(?:gst|sst|vat|tax)\s?-?(?:summary|analysis|breakdown|details?)|税额明细", RegexOptions.IgnoreCase)]
    private static partial Regex TaxSummary();
}
