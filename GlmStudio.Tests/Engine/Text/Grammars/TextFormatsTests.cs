using System.Globalization;
using System.Text;
using GlmStudio.Engine.Text.Grammars;

namespace GlmStudio.Tests.Engine.Text.Grammars;

public sealed class TextFormatsTests
{
    [Fact]
    public void Date_EveryDayOfSomeYears_IsADate()
    {
        var grammar = Format("date");
        foreach (var year in (int[])[1900, 2000, 2023, 2024, 2100])
            for (var month = 0; month <= 13; month++)
                for (var day = 0; day <= 32; day++)
                {
                    var text = $"{year}-{month:00}-{day:00}";
                    Assert.True(grammar.Matches(text) == DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _), text);
                }
    }

    [Theory]
    [InlineData("time", "23:59:59Z", "24:00:00Z")]
    [InlineData("time", "08:30:06.283185+08:00", "08:30:06")]
    [InlineData("date-time", "2024-02-29T01:02:03Z", "2023-02-29T01:02:03Z")]
    [InlineData("email", "first.last+tag@shop-1.example.com", "a@b")]
    [InlineData("email", "a@b.cn", ".a@b.cn")]
    [InlineData("uuid", "2EB8AA08-aa98-11ea-B4Aa-73B441D16380", "2EB8AA08-aa98-11ea-B4Aa73B441D16380")]
    public void Formats_OneOfEach_AreTold(string name, string yes, string no)
    {
        Assert.True(Format(name).Matches(yes));
        Assert.False(Format(name).Matches(no));
    }

    [Fact]
    public void Formats_RandomWalks_EndInTheirLength()
    {
        var random = new Random(9);
        foreach (var name in TextFormats.Patterns.Keys)
            for (var i = 0; i < 50; i++)
            {
                var text = Encoding.UTF8.GetString(Grammars.Walk(Format(name), random));
                Assert.True(text.Length <= Format(name).Start.Longest);
                if (name == "date" && text[..4] != "0000") Assert.True(DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _), text);
            }
    }

    private static Grammar Format(string name) => Grammars.Of((book, budget) => new TextRules(book, budget, isJson: true).Whole(TextFormats.Patterns[name]));
}
