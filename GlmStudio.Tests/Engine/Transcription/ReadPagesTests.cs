using GlmStudio.Engine;
using GlmStudio.Engine.Images;
using GlmStudio.Engine.Transcription;

namespace GlmStudio.Tests.Engine.Transcription;

/// <summary>Pages of our own (Fixtures/Pages, drawn from the .html beside each picture) through the real models.</summary>
public sealed class ReadPagesTests(ReaderFixture reader) : IClassFixture<ReaderFixture>
{
    private static readonly string[] Receipt =
    [
        "清风茶馆 (西湖店)", "杭州市西湖区龙井路18号", "电话：0571-87654321", "单号：QF20260301-0042", "日期：2026-03-01 14:35  桌号：A12",
        "品名  数量  单价  金额", "龙井茶 (特级)  2  68.00  136.00", "桂花糕  1  28.50  28.50", "椒盐花生  3  12.00  36.00",
        "小计  ￥200.50", "优惠  -￥10.50", "合计  ￥190.00", "微信支付  190.00", "谢谢惠顾，欢迎再次光临！",
    ];

    [Fact]
    public void Read_ChineseReceipt_GivesItsTextRowByRow() => Assert.Equal(Receipt, Rows(Page("receipt-zh")));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Read_TurnedReceipt_IsReadUprightWithBoxesOnThePageAsGiven(int quarters)
    {
        var upright = Read(Page("receipt-zh"));
        var turned = Read(PagePixels.Turn(Page("receipt-zh"), quarters));

        Assert.Equal(Receipt[^3], Rows(turned)[^3]);
        var there = PagePixels.TurnBack(Line(turned, "合计").Box, quarters);
        var here = Line(upright, "合计").Box;
        Assert.Equal(here.X, there.X, 0.02);
        Assert.Equal(here.Y, there.Y, 0.02);
        Assert.Equal(here.Width, there.Width, 0.03);
        Assert.Equal(90 * quarters, (Line(turned, "合计").Angle + 360) % 360, 3.0);
    }

    [Fact]
    public void Read_SlantedReceipt_KeepsAmountsBesideTheirNames()
    {
        var rows = Rows(Page("receipt-en-slanted"));

        Assert.Contains("TOTAL RM  61.90", rows);
        Assert.Contains("Subtotal  58.40", rows);
        Assert.Contains("Change  8.10", rows);
        Assert.Equal(3.0, Line(Read(Page("receipt-en-slanted")), "HARBOUR LIGHT BOOKS").Angle, 1.0);
    }

    [Fact]
    public void Read_EnglishLines_KeepTheSpacesBetweenWords()
    {
        var text = Read(Page("receipt-en-slanted")).ToText();

        Assert.Contains("Goods sold are not returnable.", text, StringComparison.Ordinal);
        Assert.Contains("Map of the Coast", text, StringComparison.Ordinal);
        Assert.Contains("Service Tax 6%", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_Table_KeepsItsRows()
    {
        var rows = Rows(Page("lab"));

        Assert.Contains("3  血红蛋白  HGB  148  130-175  g/L", rows);
        Assert.Contains("2  红细胞计数  RBC  4.85  4.3-5.8  10^12/L", rows);
    }

    [Fact]
    public void Read_TwoColumnsOfProse_ReadsTheLeftOneFirst()
    {
        var rows = Rows(Page("prose"));

        Assert.Equal("nobody opens until something breaks. The paper", rows[2]);
        Assert.StartsWith("table seldom", rows[^1], StringComparison.Ordinal);
        Assert.True(Array.IndexOf(rows, "column after the other, and never a line of the") < Array.IndexOf(rows, "left column followed by a line of the right one."));
    }

    [Fact]
    public void BoxOf_AmountInALine_StandsOnTheAmount()
    {
        var line = Line(Read(Page("receipt-zh")), "电话");

        var box = line.BoxOf(3, line.Text.Length - 3);

        // The number fills the last two thirds of the line.
        Assert.InRange((box.X - line.Box.X) / line.Box.Width, 0.25, 0.4);
        Assert.InRange((line.Box.X + line.Box.Width - box.X - box.Width) / line.Box.Width, -0.001, 0.08);
    }

    [Fact]
    public async Task Read_ManyAtOnce_AgreeWithOneAlone()
    {
        var alone = Read(Page("receipt-zh")).ToText();

        var together = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Read(Page("receipt-zh")).ToText())));

        Assert.All(together, text => Assert.Equal(alone, text));
    }

    private Transcript Read(RgbImage page) => reader.Value.Read(page, TestContext.Current.CancellationToken);

    private string[] Rows(RgbImage page) => Rows(Read(page));

    private static string[] Rows(Transcript transcript) => transcript.ToText().Split('\n');

    private static TranscriptLine Line(Transcript transcript, string start) =>
        transcript.Lines.First(l => l.Text.StartsWith(start, StringComparison.Ordinal));

    private static RgbImage Page(string name)
    {
        using var pictures = new ImageReader(new ImageLimits());
        var file = Path.Combine(AppContext.BaseDirectory, "Fixtures", "Pages", name + ".png");
        return pictures.Read(File.ReadAllBytes(file), ct: TestContext.Current.CancellationToken);
    }
}
