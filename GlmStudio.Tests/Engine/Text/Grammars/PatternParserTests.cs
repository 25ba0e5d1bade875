using System.Text;
using System.Text.RegularExpressions;
using GlmStudio.Engine.Text.Grammars;

namespace GlmStudio.Tests.Engine.Text.Grammars;

public sealed class PatternParserTests
{
    [Theory]
    [InlineData("^[A-Z]{2}[0-9]{8}$", "AB12345678", "A12345678")]
    [InlineData("^a|b$", "axx", "xa")]
    [InlineData("^a|b$", "xxb", "bx")]
    [InlineData("(ab)+", "xxababyy", "a_b_ba")]
    [InlineData("^(?:a(?<name>b|c)?){2,3}$", "abaac", "ab")]
    [InlineData("^x*?y$", "xxy", "xx")]
    [InlineData(@"^\d{4}-\d\d$", "2024-01", "２０２４-01")]
    [InlineData(@"^[^\s,]+$", "店名", "a b")]
    [InlineData(@"^\p{Lu}\p{L}*$", "Éa店", "éa")]
    [InlineData(@"^\u5e97[\x41-\x43]$", "店B", "店D")]
    [InlineData(@"^[\]\-a]+$", "]-a", "b")]
    [InlineData("^a{,2}$", "a{,2}", "aa")]
    [InlineData("^.{2}$", "😀店", "a\n")]
    [InlineData("^$", "", "a")]
    [InlineData("", "anything", null)]
    public void Read_Pattern_MatchesWhatItSays(string pattern, string yes, string? no)
    {
        var grammar = Grammars.Pattern(pattern);
        Assert.True(grammar.Matches(yes), $"{pattern} should match {yes}");
        Assert.False(no is not null && grammar.Matches(no), $"{pattern} should not match {no}");
    }

    [Theory]
    [InlineData("a(?=b)", "look-ahead", 2)]
    [InlineData("(?!b)", "look-ahead", 1)]
    [InlineData("(?<=a)b", "look-behind", 1)]
    [InlineData("(?<!a)b", "look-behind", 1)]
    [InlineData(@"(a)\1", "back references", 4)]
    [InlineData(@"a\b", "word borders", 2)]
    [InlineData("a(^b)", "anchor", 3)]
    [InlineData("(?i)a", "group", 1)]
    [InlineData("(ab", "without its )", 1)]
    [InlineData("ab)", "without its (", 3)]
    [InlineData("[ab", "without its ]", 1)]
    [InlineData("a{3,2}", "from 3 to 2", 2)]
    [InlineData("a{99999}", "10,000", 2)]
    [InlineData("*a", "nothing before it", 1)]
    [InlineData("a**", "two counts", 3)]
    [InlineData("a++", "possessive", 2)]
    [InlineData("[z-a]", "backwards", 2)]
    [InlineData(@"\p{Han}", @"\p{Han}", 1)]
    [InlineData(@"\q", @"\q", 1)]
    [InlineData("[[:alpha:]]", "POSIX", 2)]
    [InlineData("a\\", "backslash at the end", 2)]
    public void Read_Unsupported_IsRefusedByNameAndPlace(string pattern, string what, int place)
    {
        var fault = Assert.Throws<PatternException>(() => Grammars.Pattern(pattern));
        Assert.Contains(what, fault.Message, StringComparison.Ordinal);
        Assert.Contains($"character {place} of", fault.Message, StringComparison.Ordinal);
    }

    // The automaton against .NET's engine: random patterns of the common subset, random texts, and texts made by the automaton.
    [Fact]
    public void Read_RandomPatterns_AgreeWithDotNet()
    {
        var random = new Random(11);
        for (var i = 0; i < 300; i++)
        {
            var pattern = $"^(?:{Alternatives(random, 3)})$";
            if (!TryGrammar(pattern, out var grammar)) continue;
            var regex = new Regex(pattern, RegexOptions.None, TimeSpan.FromSeconds(5));
            for (var j = 0; j < 40; j++)
            {
                var text = string.Concat(Enumerable.Range(0, random.Next(7)).Select(_ => "abc店"[random.Next(4)]));
                Assert.True(regex.IsMatch(text) == grammar.Matches(text), $"{pattern} and \"{text}\"");
            }
            // .NET counts units of UTF-16, where the automaton counts characters.
            var made = Regex.Replace(Encoding.UTF8.GetString(Grammars.Walk(grammar, random)), @"[\uD800-\uDBFF][\uDC00-\uDFFF]", "丸");
            Assert.True(regex.IsMatch(made), $"{pattern} and the made \"{made}\"");
        }
    }

    private static bool TryGrammar(string pattern, out Grammar grammar)
    {
        try
        {
            grammar = Grammars.Pattern(pattern);
            return true;
        }
        catch (GrammarTooLargeException)
        {
            grammar = null!;
            return false;
        }
    }

    private static string Alternatives(Random random, int depth) => string.Join('|', Enumerable.Range(0, random.Next(1, 4)).Select(_ =>
        string.Concat(Enumerable.Range(0, random.Next(1, 4)).Select(_ => Part(random, depth)))));

    private static string Part(Random random, int depth) => (depth > 0 && random.Next(3) == 0 ? $"(?:{Alternatives(random, depth - 1)})"
        : random.Next(4) switch { 0 => "[ab]", 1 => "[^a]", 2 => ".", _ => "abc店"[random.Next(4)].ToString() })
        + random.Next(6) switch { 0 => "*", 1 => "?", 2 => "{1,3}", 3 => "+", _ => "" };
}
