using System.Text;
using GlmStudio.Engine.Text.Grammars;

namespace GlmStudio.Tests.Engine.Text.Grammars;

/// <summary>Small grammars for the tests, and random walks through them.</summary>
internal static class Grammars
{
    public static Grammar Of(Func<RuleBook, CompileBudget, Rule> rule)
    {
        var budget = new CompileBudget();
        var book = new RuleBook(budget);
        return new Grammar(book, rule(book, budget));
    }

    public static Grammar Pattern(string pattern, int fewest = 0, int most = 40, bool isJson = false, bool isAnchored = false) =>
        Of((book, budget) => new TextRules(book, budget, isJson).Matching(pattern, isAnchored, fewest, most));

    public static bool Matches(this Grammar grammar, string text) => grammar.Matches(Encoding.UTF8.GetBytes(text));

    /// <summary>A random answer, byte by byte. Fails where the way ends before an answer is complete.</summary>
    public static byte[] Walk(Grammar grammar, Random random, double endChance = 0.3)
    {
        var bytes = new List<byte>();
        for (var state = grammar.Start; ; state = grammar.After(state, [bytes[^1]])!)
        {
            if (state.MatchesEmpty && (state.First.IsEmpty || random.NextDouble() < endChance)) return [.. bytes];
            Assert.False(state.First.IsEmpty, $"A dead end after {Encoding.UTF8.GetString([.. bytes])}");
            var skip = random.Next(state.First.Count);
            bytes.Add((byte)Enumerable.Range(0, 256).Where(b => state.First.Contains((byte)b)).ElementAt(skip));
        }
    }
}
