using System.Text;
using GlmStudio.Engine.Text.Grammars;

namespace GlmStudio.Tests.Engine.Text.Grammars;

/// <summary>Patterns under a limit of characters: every way leads to an end, and nothing is longer than was proven.</summary>
public sealed class AutomatonTests
{
    [Theory]
    [InlineData("^[a-z]+@[a-z]+$", 5, 9)]
    [InlineData("^(ab|abc)*d$", 0, 8)]
    [InlineData("店", 3, 6)]
    [InlineData("^(aaa)*$", 4, 7)]
    [InlineData("^[\"\\\\\\n]*$", 2, 5)]
    [InlineData("^[^a]{3,}$", 0, 4)]
    public void Matching_PatternWithLengths_NeverLeavesThem(string pattern, int fewest, int most)
    {
        foreach (var isJson in (bool[])[false, true])
        {
            var grammar = Grammars.Pattern(pattern, fewest, most, isJson);
            var random = new Random(3);
            for (var i = 0; i < 200; i++)
            {
                var bytes = Grammars.Walk(grammar, random);
                var text = Encoding.UTF8.GetString(bytes);
                if (isJson) text = System.Text.Json.JsonSerializer.Deserialize<string>($"\"{text}\"")!;
                Assert.InRange(text.EnumerateRunes().Count(), fewest, most);
                Assert.True(bytes.Length <= grammar.Start.Longest, $"{bytes.Length} bytes, proven {grammar.Start.Longest}");
                Assert.DoesNotContain('\uFFFD', text);
            }
        }
    }

    [Fact]
    public void Matching_NoTextThatLong_IsNothing() => Assert.Same(Rules.Nothing, Rule("^a{3}$", 4, 9));

    [Fact]
    public void Matching_NoTextThatShort_IsNothing() => Assert.Same(Rules.Nothing, Rule("^a{3}$", 0, 2));

    [Theory]
    [InlineData("^(.*a.{14}|.*b.{14}|.*c.{14})$")]
    [InlineData("^((a{0,300}){0,300}){0,300}$")]
    [InlineData("^(a?){2000}a{2000}$")]
    [InlineData("^(\\p{L}|\\p{Lu}){5000}$")]
    public void Matching_PatternThatExplodes_IsRefusedInTimeAndMemory(string pattern)
    {
        Assert.Throws<GrammarTooLargeException>(() => Rule(pattern, 0, 9000));
        // All that was allocated, held or not, on this thread alone: other tests run beside it.
        var (best, memory) = (TimeSpan.MaxValue, 0L);
        // The budget counts work, 200 ms of a core at most (docs/grammar.md); the clock of a busy machine runs faster.
        for (var i = 0; i < 3; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var started = System.Diagnostics.Stopwatch.GetTimestamp();
            var fault = Record.Exception(() => Rule(pattern, 0, 9000));
            (best, memory) = (Min(best, System.Diagnostics.Stopwatch.GetElapsedTime(started)), GC.GetAllocatedBytesForCurrentThread() - before);
            Assert.NotNull(fault);
        }
        Assert.True(best < TimeSpan.FromSeconds(2), $"{best.TotalMilliseconds:N0} ms");
        Assert.True(memory < CompileBudget.MostBytes, $"{memory:N0} bytes");
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private static Rule Rule(string pattern, int fewest, int most)
    {
        var budget = new CompileBudget();
        return new TextRules(new RuleBook(budget), budget, isJson: false).Matching(pattern, isAnchored: false, fewest, most);
    }
}
