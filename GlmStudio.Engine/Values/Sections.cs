namespace GlmStudio.Engine.Values;

/// <summary>The buyer's and the seller's part of an invoice: both have a 名称 and a tax number.</summary>
internal sealed class Sections
{
    private static readonly string[] BuyerMarks = ["购买方", "购方", "购货单位", "买方", "购买单位", "bill to", "billed to", "sold to", "buyer", "customer", "购买方信息", "client"];
    private static readonly string[] SellerMarks = ["销售方", "销方", "销货单位", "卖方", "销售单位", "seller", "vendor", "supplier", "sold by", "销售方信息", "from"];

    private readonly List<(Cell Cell, string Section)> _marks = [];
    private readonly PageText _page;

    public Sections(PageText page)
    {
        _page = page;
        foreach (var cell in page.Cells)
            if (Mark(cell.Text) is { } section)
                _marks.Add((cell, section));
    }

    /// <summary>Whether a label belongs to a section: by the nearest mark left of or above it; without marks the buyer comes first.</summary>
    public double Belongs(LabelHit hit, string section, IReadOnlyList<LabelHit> all)
    {
        if (Mark(hit.Cell.Text[..hit.Start]) is { } inLine)
            return inLine == section ? 1 : 0.1;
        var nearest = _marks.Where(m => m.Cell.Area.Y <= hit.Cell.Area.Bottom && m.Cell.Area.X <= hit.Cell.Area.X + _page.LineHeight).DefaultIfEmpty()
            .MinBy(m => m.Cell is null ? 0 : Distance(m.Cell.Area, hit.Cell.Area));
        if (nearest.Cell is not null && _marks.Select(m => m.Section).Distinct().Count() > 1)
            return nearest.Section == section ? 1 : 0.1;
        var order = all.TakeWhile(h => h != hit).Count();
        return all.Count < 2 ? 0.5 : order == (section == "buyer" ? 0 : 1) ? 0.8 : 0.1;
    }

    /// <summary>Rows count more than columns: a block's mark stands beside or closely above it.</summary>
    private static double Distance(Area mark, Area label) =>
        2 * Math.Max(0, label.Y - mark.Bottom) + Math.Max(0, label.X - mark.Right);

    private static string? Mark(string text)
    {
        var compact = Compact.Of(text);
        if (compact.Length is 0 or > 24)
            return null;
        if (compact == "购" || Array.Exists(BuyerMarks, m => compact.StartsWith(Compact.Of(m), StringComparison.Ordinal)))
            return "buyer";
        return compact == "销" || Array.Exists(SellerMarks, m => compact.StartsWith(Compact.Of(m), StringComparison.Ordinal)) ? "seller" : null;
    }
}
