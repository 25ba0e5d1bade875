using System.Text.RegularExpressions;

namespace GlmStudio.Engine.Transcription;

/// <summary>Settles characters of one shape (0 O o, 1 l I, 5 S s …) by their neighbours: the network sees each almost alone and often
/// gives the right one a good second place.</summary>
internal static partial class Lookalikes
{
    // The most a word's other characters weigh for or against a reading. The network's own probability outweighs it from about 30 to 1,
    // so that codes which mix digits and letters stay as they were seen.
    private const double Doubt = 0.03;
    private const double Neutral = 0.15;

    private static readonly string[] Groups = ["0Oo", "1lI", "5Ss", "8B", "2Zz"];

    /// <summary>The characters of the same shape, itself included; null for a character that has none.</summary>
    public static string? GroupOf(string character) => character.Length == 1 ? Array.Find(Groups, g => g.Contains(character[0])) : null;

    /// <summary>The characters with those of fixed expressions as they must be, where the neighbours say otherwise: the 0 of RM0.20 beside capitals, the O of 16OCT2022 beside digits.</summary>
    public static List<SeenCharacter> SettleExpressions(List<SeenCharacter> seen)
    {
        var line = string.Concat(seen.Select(c => c.Text[0])); // one unit a character, so that places are the same
        foreach (Match match in Expression().Matches(line))
        {
            var (zero, at) = match.Groups["zero"] is { Success: true } o ? ("0", o.Index) : ("O", match.Groups["o"].Index);
            seen[at] = seen[at] with { Text = zero, Shape = null };
        }
        return seen;
    }

    // Amounts in ringgit below one, and the October of dates written in one word or with equal separators (100CT 12 is a hundred pieces).
    [GeneratedRegex(@"(?<![A-Za-z])RM ?(?<zero>[Oo])(?=[.,] ?\d\d(?!\d))|(?<!\d)(?:0?[1-9]|[12]\d|3[01])(?:(?<o>0)CT(?=\d{4}(?!\d))|(?<gap>[-/. ])(?<o>0)CT(?=\k<gap>\d{2,4}(?!\d)))", RegexOptions.CultureInvariant)]
    private static partial Regex Expression();

    /// <summary>The characters with each doubtful one replaced by the likeliest of its shape.</summary>
    public static List<SeenCharacter> Settle(IReadOnlyList<SeenCharacter> seen)
    {
        var settled = new List<SeenCharacter>(seen);
        for (var i = 0; i < seen.Count; i++)
        {
            if (seen[i].Shape is not { Count: > 0 } shape) continue;
            var (digit, upper) = Context(seen, i);
            var best = shape.MaxBy(v => v.Probability * Prior(v.Character, digit, upper));
            settled[i] = seen[i] with { Text = best.Character.ToString() };
        }
        return settled;
    }

    private static double Prior(char character, double digit, double upper) =>
        char.IsAsciiDigit(character) ? digit : (1 - digit) * (char.IsAsciiLetterUpper(character) ? upper : 1 - upper);

    /// <summary>How likely a digit, and among letters a capital, is at this place. The word is walked to both sides; nearer characters count more.</summary>
    private static (double Digit, double Upper) Context(IReadOnlyList<SeenCharacter> seen, int at)
    {
        double digits = 0, all = 0, capitals = 0, letters = 0;
        foreach (var step in (ReadOnlySpan<int>)[-1, 1])
        {
            var weight = 1.0;
            for (var i = at + step; i >= 0 && i < seen.Count && weight > 0.1; i += step)
            {
                var character = seen[i].Text[0];
                if (!char.IsAsciiLetterOrDigit(character))
                {
                    if (weight < 1 || !".,/-:".Contains(character)) break;
                    weight /= 4; // beyond a separator stands a number's other part, or nothing akin
                    continue;
                }
                var digit = DigitShare(seen[i]);
                digits += digit * weight;
                all += weight;
                if (char.IsAsciiLetter(character) && seen[i].Shape is null)
                {
                    capitals += char.IsAsciiLetterUpper(character) ? weight : 0;
                    letters += weight;
                }
                weight /= 2;
            }
        }
        var (digitHere, upperHere) = (Doubtful(digits, all), Doubtful(capitals, letters));
        var first = at == 0 || !char.IsAsciiLetterOrDigit(seen[at - 1].Text[0]);
        return (digitHere, first ? Math.Max(upperHere, 0.5) : upperHere); // a word may begin with a capital
    }

    private static double DigitShare(SeenCharacter seen)
    {
        if (seen.Shape is not { Count: > 0 } shape) return char.IsAsciiDigit(seen.Text[0]) ? 1 : 0;
        var sum = shape.Sum(v => v.Probability);
        return sum <= 0 ? 0.5 : shape.Where(v => char.IsAsciiDigit(v.Character)).Sum(v => v.Probability) / sum;
    }

    /// <summary>A share drawn towards one half, the more the less there is to judge by.</summary>
    private static double Doubtful(double part, double whole) => Math.Clamp((part + Neutral / 2) / (whole + Neutral), Doubt, 1 - Doubt);
}
