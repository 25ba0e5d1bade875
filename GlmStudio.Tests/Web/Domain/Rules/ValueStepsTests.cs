using GlmStudio.Engine;
using GlmStudio.Web.Domain.Rules;

namespace GlmStudio.Tests.Web.Domain.Rules;

public sealed class ValueStepsTests
{
    [Theory]
    [InlineData(Tidying.Trim, "  12 kg\n", "12 kg")]
    [InlineData(Tidying.CollapseBlanks, " Blue \t Café\u3000 Bar ", "Blue Café Bar")]
    [InlineData(Tidying.HalfWidth, "ＡＢ－１２３　（号）。", "AB-123 (号)。")]
    [InlineData(Tidying.Digits, "Tel. ０１２-345 😀 ٦", "0123456")]
    [InlineData(Tidying.UpperCase, "ab-1ß中😀", "AB-1ß中😀")]
    [InlineData(Tidying.LowerCase, "AB-1", "ab-1")]
    public void Tidy_EachWay_ChangesHowTheValueIsWritten(Tidying way, string read, string expected) =>
        Assert.Equal(expected, OneField.Run(read, new TidyStep(way)).Value);

    [Theory]
    [InlineData(DateOrder.DayFirst, "12/03/26", "2026-03-12")]
    [InlineData(DateOrder.MonthFirst, "12/03/26", "2026-12-03")]
    [InlineData(DateOrder.MonthFirst, "25/03/2026", "2026-03-25")]
    [InlineData(DateOrder.MonthFirst, "2026-03-04", "2026-03-04")]
    [InlineData(DateOrder.MonthFirst, "4 March 2026", "2026-03-04")]
    [InlineData(DateOrder.Refuse, "03.03.2026", "2026-03-03")]
    [InlineData(DateOrder.Refuse, "民国115年3月12日", "2026-03-12")]
    [InlineData(DateOrder.DayFirst, "二〇二六年三月十二日", "2026-03-12")]
    [InlineData(DateOrder.DayFirst, "２０２６年３月１２日 13:05", "2026-03-12")]
    public void Date_AsPrinted_BecomesIso(DateOrder order, string read, string expected) =>
        Assert.Equal((expected, null), Outcome(OneField.Run(read, new DateStep(order))));

    [Theory]
    [InlineData(DateOrder.Refuse, "03/04/2026", "It is not clear which number is the day and which the month.")]
    [InlineData(DateOrder.DayFirst, "soon 😀", "This is not a date.")]
    [InlineData(DateOrder.DayFirst, "2026-02-30", "This is not a date.")]
    [InlineData(DateOrder.DayFirst, "2026-01-01 to 2026-01-31", "There is more than one date.")]
    public void Date_ThatIsNone_StaysAndIsReported(DateOrder order, string read, string problem) =>
        Assert.Equal((read, problem), Outcome(OneField.Run(read, new DateStep(order))));

    [Theory]
    [InlineData(UnitUse.Drop, "RM 1,234.50", "1234.50")]
    [InlineData(UnitUse.Drop, "-12.40", "-12.40")]
    [InlineData(UnitUse.Drop, "(12.40)", "-12.40")]
    [InlineData(UnitUse.Keep, "12,5 kg", "12.5 kg")]
    [InlineData(UnitUse.Drop, "１２．５０", "12.50")]
    [InlineData(UnitUse.Drop, "壹佰贰拾元整", "120")]
    public void Number_AsPrinted_BecomesADecimal(UnitUse unit, string read, string expected) =>
        Assert.Equal((expected, null), Outcome(OneField.Run(read, new NumberStep(unit))));

    [Theory]
    [InlineData("none")]
    [InlineData("3 × 4")]
    [InlineData("79228162514264337593543950335亿")]
    public void Number_ThatIsNone_StaysAndIsReported(string read) =>
        Assert.Equal((read, "This is not a number."), Outcome(OneField.Run(read, new NumberStep(UnitUse.Drop))));

    [Theory]
    [InlineData(@"(?<code>\d{8}[A-Z]{2})", null, "No. 20260312AB 😀", "20260312AB")]
    [InlineData(@"(?<kind>[A-Z]+)-(?<value>\d+)", null, "INV-0042", "0042")]
    [InlineData(@"\d+", null, "INV-0042", "0042")]
    [InlineData(@"(?<day>\d\d)\.(?<month>\d\d)", "${month}/${day}", "on 24.12.", "12/24")]
    public void Pattern_ThatMatches_GivesItsGroupOrTheReplacement(string pattern, string? replacement, string read, string expected) =>
        Assert.Equal((expected, null), Outcome(OneField.Run(read, new PatternStep(pattern, replacement))));

    [Theory]
    [InlineData(Miss.Keep, "abc", null)]
    [InlineData(Miss.Empty, null, null)]
    [InlineData(Miss.Fail, "abc", "The pattern does not match.")]
    public void Pattern_WithoutMatch_DoesWhatTheAuthorChose(Miss otherwise, string? value, string? problem) =>
        Assert.Equal((value, problem), Outcome(OneField.Run("abc", new PatternStep(@"\d+", null, otherwise))));

    [Fact]
    public void Pattern_ThatBacktracksForEver_IsLinearHere()
    {
        // A backtracking engine would meet its time limit, and the message would say so.
        var ruled = OneField.Run(new string('a', 20_000) + "!", new PatternStep("^(a+)+$", null, Miss.Fail));
        Assert.Equal("The pattern does not match.", ruled.Problem);
    }

    [Theory]
    [InlineData(true, "ＢＬＵＥ  café", "Blue")]
    [InlineData(false, "ＢＬＵＥ  café", "ＢＬＵＥ  café")]
    public void Lookup_WithFolding_IgnoresWidthCaseAndBlanks(bool fold, string read, string expected) =>
        Assert.Equal(expected, OneField.Run(read, new LookupStep([new("Blue Café", "Blue")], fold)).Value);

    [Theory]
    [InlineData(Miss.Keep, "x", null)]
    [InlineData(Miss.Empty, null, null)]
    [InlineData(Miss.Fail, "x", "The value is not in the lookup table.")]
    public void Lookup_WithoutEntry_DoesWhatTheAuthorChose(Miss otherwise, string? value, string? problem) =>
        Assert.Equal((value, problem), Outcome(OneField.Run("x", new LookupStep([new("a", "b")], true, otherwise))));

    [Fact]
    public void Steps_InTheirOrder_EndAtTheFirstThatFails()
    {
        var ruled = OneField.Run(" ab ", new TidyStep(Tidying.Trim), new NumberStep(UnitUse.Drop) { Message = "Type the amount." }, new TidyStep(Tidying.UpperCase));
        Assert.Equal(("ab", "Type the amount."), Outcome(ruled));
    }

    [Fact]
    public void Steps_OnAList_SeeItsEntriesOneByOne() =>
        Assert.Equal("""["10","2.5"]""", OneField.Run(FieldType.List, """["RM 10"," 2.5 "]""", new NumberStep(UnitUse.Drop)).Value);

    [Fact]
    public void Steps_OnAHalfSurrogate_DoNotThrow() =>
        Assert.NotNull(OneField.Run("\ud83d 12", new TidyStep(Tidying.HalfWidth), new LookupStep([new("a", "b")]), new DateStep(DateOrder.DayFirst)).Problem);

    private static (string?, string?) Outcome(RuledValue ruled) => (ruled.Value, ruled.Problem);
}
