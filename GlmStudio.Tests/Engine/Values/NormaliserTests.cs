using GlmStudio.Engine;
using GlmStudio.Engine.Values;

namespace GlmStudio.Tests.Engine.Values;

public sealed class NormaliserTests
{
    [Theory]
    [InlineData("25/12/2018", "2018-12-25")]
    [InlineData("2018年12月25日", "2018-12-25")]
    [InlineData("２０１８年１２月２５日", "2018-12-25")]
    [InlineData("二〇一八年十二月二十五日", "2018-12-25")]
    [InlineData("民國107年12月25日", "2018-12-25")]
    [InlineData("平成30年12月25日", "2018-12-25")]
    [InlineData("25 DEC 18", "2018-12-25")]
    [InlineData("25-Dec-2018", "2018-12-25")]
    [InlineData("25DEC2018", "2018-12-25")]
    [InlineData("Dec 25 2018", "2018-12-25")]
    [InlineData("December 25th, 2018", "2018-12-25")]
    [InlineData("2018-12-25 13:04", "2018-12-25")]
    [InlineData("2018-12-25T13:04:05Z", "2018-12-25")]
    [InlineData("25/12/201813:04", "2018-12-25")]
    [InlineData("25/12/1813:04", "2018-12-25")]
    [InlineData("20181225", "2018-12-25")]
    [InlineData("25122018", "2018-12-25")]
    [InlineData("25.12.18", "2018-12-25")]
    [InlineData("25 / 12 / 2018", "2018-12-25")]
    [InlineData("12/25/2018", "2018-12-25")]
    [InlineData("03/04/2018", "2018-04-03")]
    [InlineData("2018/4/3", "2018-04-03")]
    [InlineData("3 de abril de 2018", "2018-04-03")]
    [InlineData("25 août 2018", "2018-08-25")]
    [InlineData("14. März 2018", "2018-03-14")]
    [InlineData("1 Ogos 2018", "2018-08-01")]
    [InlineData("Tue, 25 Dec 2018 13:04", "2018-12-25")]
    [InlineData("99/12/25", "1999-12-25")]
    [InlineData("2018年12月", "2018-12")]
    [InlineData("Dec 2018", "2018-12")]
    [InlineData("2018.12", "2018-12")]
    public void Normalise_DateInAnyOrder_BecomesIso(string text, string expected) =>
        Assert.Equal(expected, Normaliser.Normalise(FieldType.Date, text));

    [Theory]
    [InlineData("RM 1,234.50", "1234.5")]
    [InlineData("RM1234.50", "1234.5")]
    [InlineData("¥1,234.5", "1234.5")]
    [InlineData("￥1,234.50元", "1234.5")]
    [InlineData("1.234,50 €", "1234.5")]
    [InlineData("1 234,50", "1234.5")]
    [InlineData("1'234.50 CHF", "1234.5")]
    [InlineData("１２３", "123")]
    [InlineData("80.90", "80.9")]
    [InlineData("80.9", "80.9")]
    [InlineData("80. 90", "80.9")]
    [InlineData("$ .5 0", "$.5 0")]
    [InlineData("Rp 15.000", "15000")]
    [InlineData("2.150", "2.15")]
    [InlineData("1,234", "1234")]
    [InlineData("1,5", "1.5")]
    [InlineData("-5.00", "-5")]
    [InlineData("-RM5.00", "-5")]
    [InlineData("RM-5.00", "-5")]
    [InlineData("(5.00)", "-5")]
    [InlineData("6%", "6")]
    [InlineData("220V", "220")]
    [InlineData("1.5万元", "15000")]
    [InlineData("壹佰", "100")]
    [InlineData("人民币壹仟贰佰叁拾肆元伍角陆分", "1234.56")]
    [InlineData("壹万零伍拾圆整", "10050")]
    [InlineData("三百二十", "320")]
    [InlineData("十五", "15")]
    [InlineData("12,34,567.00", "1234567")]
    [InlineData("0.00", "0")]
    public void Normalise_Amount_BecomesPlainDecimal(string text, string expected) =>
        Assert.Equal(expected, Normaliser.Normalise(FieldType.Money, text));

    [Theory]
    [InlineData("220-240 V", "220-240 v")]
    [InlineData("A12", "a12")]
    [InlineData("N/A", "n/a")]
    [InlineData("192.168.0.1", "192.168.0.1")]
    public void Normalise_NoSingleNumber_FollowsTextRule(string text, string expected) =>
        Assert.Equal(expected, Normaliser.Normalise(FieldType.Number, text));

    [Theory]
    [InlineData("  ＡＢＣ   Sdn.  Bhd. ", "abc sdn.bhd")]
    [InlineData("上海 某某 有限公司（总店）", "上海某某有限公司(总店)")]
    [InlineData("“Tea” — 5㎡", "\"tea\"-5m2")]
    [InlineData("5 m²", "5 m2")]
    [InlineData("x\r\ny", "x y")]
    [InlineData("½ \uD83D\uDE00", "½\uD83D\uDE00")]
    public void Normalise_Text_IgnoresWidthCaseSpacesAndMarks(string text, string expected) =>
        Assert.Equal(expected, Normaliser.Normalise(FieldType.Text, text));

    [Theory]
    [InlineData(FieldType.Id, "ab-12 ３", "AB-123", true)]
    [InlineData(FieldType.Id, "AB12", "AB-12", false)]
    [InlineData(FieldType.Phone, "+60 (3) 1234-5678", "+60312345678", true)]
    [InlineData(FieldType.YesNo, "是", "TRUE", true)]
    [InlineData(FieldType.YesNo, "无", "no", true)]
    [InlineData(FieldType.YesNo, "yes", "no", false)]
    [InlineData(FieldType.Choice, "Ｃash", "cash", true)]
    [InlineData(FieldType.List, "Milk; Bread", "[\"milk\",\"BREAD\"]", true)]
    [InlineData(FieldType.List, "米饭、面条", "米饭\n面条", true)]
    [InlineData(FieldType.List, "a\nb", "b\na", false)]
    [InlineData(FieldType.List, "Tea 1,200", "tea 1,200", true)]
    public void Same_TwoWritings_AreComparedByTheTypesRule(FieldType type, string left, string right, bool same) =>
        Assert.Equal(same, Normaliser.Same(type, left, right));

    [Fact]
    public void Normalise_HalfACharacter_IsReplaced() => Assert.Equal("\uFFFDbroken", Normaliser.Normalise(FieldType.Text, "\uD83D broken"));

    [Fact]
    public void Normalise_NothingOfAnyType_IsEmpty() =>
        Assert.All(Enum.GetValues<FieldType>(), t => Assert.Equal("", Normaliser.Normalise(t, " \t") + Normaliser.Normalise(t, null)));

    [Fact]
    public void Describe_EveryType_SaysSomething() => Assert.All(Enum.GetValues<FieldType>(), t => Assert.EndsWith(".", Normaliser.Describe(t)));

    [Fact]
    public void Find_DateInsideALine_GivesItsRange()
    {
        const string line = "Date : 25/12/2018 13:04  No. 12";
        var date = Assert.Single(DateReading.Find(line));
        Assert.Equal("25/12/2018", line.Substring(date.Start, date.Length));
    }

    [Fact]
    public void Find_AmountInsideALine_GivesItsRangeWithCurrency()
    {
        const string line = "Total (incl. GST)  RM 1,080.90";
        var amount = Assert.Single(NumberReading.Find(line));
        Assert.Equal("RM 1,080.90", line.Substring(amount.Start, amount.Length));
        Assert.Equal((1080.90m, 2), (amount.Value, amount.Decimals));
    }

    [Theory]
    [InlineData(FieldType.Money, "RM 12.00", true)]
    [InlineData(FieldType.Money, "5:00", false)]
    [InlineData(FieldType.Money, "INV NO :K074-001095", false)]
    [InlineData(FieldType.Number, "叁佰元", true)]
    [InlineData(FieldType.Date, "25/12/2018", true)]
    [InlineData(FieldType.Date, "Johor", false)]
    [InlineData(FieldType.Phone, "07-123", true)]
    [InlineData(FieldType.Phone, "Tel", false)]
    [InlineData(FieldType.YesNo, "maybe", false)]
    [InlineData(FieldType.Text, "5:00", true)]
    [InlineData(FieldType.Money, " ", true)]
    public void Reads_AText_WhereItIsAValueOfTheType(FieldType type, string text, bool reads) => Assert.Equal(reads, Normaliser.Reads(type, text));

    [Fact]
    public void Normalise_RandomText_NeverThrows()
    {
        var random = new Random(7);
        const string letters = "0123456789.,-/ :年月日元壹佰万RM$€（）+%ABCdec\uD83D\uDE00\t\n２";
        for (var i = 0; i < 3_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(30)).Select(_ => letters[random.Next(letters.Length)]));
            Assert.All(Enum.GetValues<FieldType>(), t => Assert.NotNull(Normaliser.Normalise(t, text)));
        }
    }
}
