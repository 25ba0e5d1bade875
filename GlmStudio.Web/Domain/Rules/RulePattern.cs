using System.Text.RegularExpressions;

namespace GlmStudio.Web.Domain.Rules;

/// <summary>Regular expressions that people type: matched in time linear in the value's length, so that none can hold up a batch.</summary>
internal static partial class RulePattern
{
    public const int MaxLength = 500;

    // A second fence; the automaton alone keeps matching linear.
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(500);

    /// <summary>Compiles a pattern; null and the reason where that is not possible.</summary>
    /// <param name="pattern">As typed.</param>
    /// <param name="whole">Whether it must match the value from its first to its last character.</param>
    public static (Regex? Regex, string? Problem) Compile(string pattern, bool whole = false)
    {
        if (pattern.Length == 0) return (null, "Write a pattern.");
        if (pattern.Length > MaxLength) return (null, "The pattern is longer than 500 characters.");
        try
        {
            const RegexOptions options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;
            var regex = new Regex(pattern, options, Limit);
            return (whole ? new Regex($@"\A(?:{pattern})\z", options, Limit) : regex, null);
        }
        catch (NotSupportedException)
        {
            return (null, "The pattern is too large, or looks around or back; such patterns can take for ever. Write it without.");
        }
        catch (ArgumentException)
        {
            return (null, "The pattern is not a regular expression: look for a bracket that is not closed, or write \\ before a sign that is meant itself.");
        }
    }

    /// <summary>The name of a group that a replacement uses and the pattern does not have, or null.</summary>
    public static string? UnknownGroup(Regex regex, string replacement)
    {
        var known = regex.GetGroupNames();
        return Groups().Matches(replacement).Select(m => m.Groups[1].Value).FirstOrDefault(name => !known.Contains(name));
    }

    /// <summary>What a match makes of the value.</summary>
    public static string Take(Regex regex, Match match, string? replacement)
    {
        if (replacement is not null) return match.Result(replacement);
        if (match.Groups["value"].Success) return match.Groups["value"].Value;
        var named = regex.GetGroupNames().Where(n => !char.IsAsciiDigit(n[0])).ToList();
        return named is [var only] && match.Groups[only].Success ? match.Groups[only].Value : match.Value;
    }

    [GeneratedRegex(@"(?<!\$)\$\{([^}]*)\}")]
    private static partial Regex Groups();
}
