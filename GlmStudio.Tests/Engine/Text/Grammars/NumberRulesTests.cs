using System.Globalization;
using System.Text;
using GlmStudio.Engine.Text.Grammars;

namespace GlmStudio.Tests.Engine.Text.Grammars;

public sealed class NumberRulesTests
{
    public static TheoryData<string, bool, string, bool, int> Ranges => new()
    {
        { "0", false, "100", false, 0 }, { "-5", false, "17", true, 0 }, { "-200", true, "-3", true, 0 }, { "0.5", false, "10.25", false, 3 },
        { "-0.05", false, "0.05", false, 3 }, { "0", true, "1", true, 2 }, { "99.995", false, "100.005", true, 2 }, { "7", false, "7", false, 2 },
    };

    [Theory]
    [MemberData(nameof(Ranges))]
    public void Between_EveryShortNumber_IsInExactlyWhereItIsInside(string low, bool lowIsOpen, string high, bool highIsOpen, int fraction)
    {
        var (from, to) = (decimal.Parse(low, CultureInfo.InvariantCulture), decimal.Parse(high, CultureInfo.InvariantCulture));
        var grammar = Grammars.Of((book, _) => NumberRules.Between(book, new NumberBound(from, lowIsOpen), new NumberBound(to, highIsOpen), fraction));
        for (var thousandths = -300_000; thousandths <= 300_000; thousandths++)
        {
            var digits = thousandths % 1000 == 0 ? 0 : thousandths % 100 == 0 ? 1 : thousandths % 10 == 0 ? 2 : 3;
            var value = thousandths / 1000m;
            var inside = (lowIsOpen ? value > from : value >= from) && (highIsOpen ? value < to : value <= to) && digits <= fraction;
            var text = value.ToString("0.###", CultureInfo.InvariantCulture);
            Assert.True(grammar.Matches(text) == inside, $"{text} in {low} … {high}");
        }
    }

    [Theory]
    [MemberData(nameof(Ranges))]
    public void Between_RandomWalks_StayInside(string low, bool lowIsOpen, string high, bool highIsOpen, int fraction)
    {
        var (from, to) = (decimal.Parse(low, CultureInfo.InvariantCulture), decimal.Parse(high, CultureInfo.InvariantCulture));
        var grammar = Grammars.Of((book, _) => NumberRules.Between(book, new NumberBound(from, lowIsOpen), new NumberBound(to, highIsOpen), fraction));
        var random = new Random(5);
        for (var i = 0; i < 500; i++)
        {
            var text = Encoding.UTF8.GetString(Grammars.Walk(grammar, random));
            var value = decimal.Parse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
            Assert.True((lowIsOpen ? value > from : value >= from) && (highIsOpen ? value < to : value <= to), $"{text} in {low} … {high}");
        }
    }

    [Theory]
    [InlineData("007")]
    [InlineData("-0")]
    [InlineData("+1")]
    [InlineData("1.")]
    [InlineData(".5")]
    [InlineData("1e3")]
    [InlineData("1000000000000000")]
    public void Between_OtherWaysToWrite_AreNotWritten(string text) =>
        Assert.False(Grammars.Of((book, _) => NumberRules.Between(book, new NumberBound(decimal.MinValue), new NumberBound(decimal.MaxValue), 6)).Matches(text));

    [Fact]
    public void Between_NothingInside_IsNothing() =>
        Assert.Same(Rules.Nothing, NumberRules.Between(new RuleBook(new CompileBudget()), new NumberBound(5, IsOpen: true), new NumberBound(6, IsOpen: true), 0));
}
