using System.Text.RegularExpressions;

namespace GlmStudio.Web.Domain.Rules;

/// <summary>Whether a question rule fits a question.</summary>
public static class QuestionMatch
{
    public const int MaxWords = 1_000;

    // Questions are a line or two; what comes after is data.
    private const int Seen = 2_000;

    /// <summary>Width, case and blanks do not count.</summary>
    public static bool Fits(QuestionRule rule, string question)
    {
        if (question.Length > Seen) question = question[..Seen];
        if (!rule.IsPattern)
        {
            var folded = ValueSteps.Folded(question);
            return Alternatives(rule.Words).Any(words => ValueSteps.Folded(words) is { Length: > 0 } part && folded.Contains(part, StringComparison.Ordinal));
        }
        try
        {
            return RulePattern.Compile(rule.Words).Regex?.IsMatch(question) ?? false;
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    /// <summary>Why the words cannot be a rule, as a key of the translations; null where they can.</summary>
    public static string? Problem(string words, bool isPattern) => words.Length > MaxWords ? "The words are longer than 1,000 characters."
        : isPattern ? RulePattern.Compile(words.Trim()).Problem
        : Alternatives(words).Any(w => ValueSteps.Folded(w).Length < 2) ? "A word of one character would fit almost any question. Write at least two."
        : Alternatives(words).Length == 0 ? "Write the words that such questions hold, one alternative a line." : null;

    private static string[] Alternatives(string words) => words.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
