using System.Text;

namespace GlmStudio.Web.Domain.Scores;

/// <summary>Likeness of two texts by Levenshtein distance over Unicode code points.</summary>
public static class EditSimilarity
{
    /// <summary>Longer texts are compared by their first so many code points.</summary>
    public const int MaxLength = 20_000;

    /// <summary>1 − distance ÷ length of the longer text: 1 for equal texts (two empty ones too), 0 for nothing in common.</summary>
    public static double Of(string left, string right)
    {
        var (a, b) = (CodePoints(left), CodePoints(right));
        var longest = Math.Max(a.Length, b.Length);
        return longest == 0 ? 1 : 1 - ((double)Distance(a, b) / longest);
    }

    /// <summary>Fewest insertions, deletions and replacements of a code point that turn one text into the other.</summary>
    public static int Distance(ReadOnlySpan<Rune> a, ReadOnlySpan<Rune> b)
    {
        var prefix = a.CommonPrefixLength(b);
        a = a[prefix..];
        b = b[prefix..];
        var suffix = 0;
        while (suffix < Math.Min(a.Length, b.Length) && a[^(suffix + 1)] == b[^(suffix + 1)]) suffix++;
        a = a[..^suffix];
        b = b[..^suffix];
        if (a.IsEmpty || b.IsEmpty) return Math.Max(a.Length, b.Length);
        return a.Length <= b.Length ? BitParallel(a, b) : BitParallel(b, a);
    }

    private static Rune[] CodePoints(string text)
    {
        // A code point takes at most two chars, so this cut never loses one that counts.
        var bounded = text.Length > 2 * MaxLength ? text[..(2 * MaxLength)] : text;
        return [.. bounded.EnumerateRunes().Take(MaxLength)];
    }

    // Myers 1999 in Hyyrö's form (2003): 64 rows of the distance table at once, so 10,000 × 10,000 takes milliseconds.
    // `up` and `down` hold, as bits, where the value grows or falls by one from a row to the next; `carry` is the same
    // along the last row of a block, handed to the block below it.
    private static int BitParallel(ReadOnlySpan<Rune> pattern, ReadOnlySpan<Rune> text)
    {
        var blocks = (pattern.Length + 63) / 64;
        var positions = Positions(pattern, blocks);
        var none = new ulong[blocks];
        var (up, down) = (new ulong[blocks], new ulong[blocks]);
        Array.Fill(up, ulong.MaxValue);
        var distance = pattern.Length;
        var last = 1UL << ((pattern.Length - 1) % 64);
        foreach (var rune in text)
        {
            var equal = positions.GetValueOrDefault(rune, none);
            var carry = 1;
            for (var i = 0; i < blocks; i++)
                carry = Step(equal[i], ref up[i], ref down[i], carry, i == blocks - 1 ? last : 1UL << 63);
            distance += carry;
        }
        return distance;
    }

    private static int Step(ulong equal, ref ulong up, ref ulong down, int carry, ulong last)
    {
        var vertical = equal | down;
        if (carry < 0) equal |= 1;
        var horizontal = (((equal & up) + up) ^ up) | equal;
        var grows = down | ~(horizontal | up);
        var falls = up & horizontal;
        var next = (grows & last) != 0 ? 1 : (falls & last) != 0 ? -1 : 0;
        grows = (grows << 1) | (carry > 0 ? 1UL : 0);
        falls = (falls << 1) | (carry < 0 ? 1UL : 0);
        up = falls | ~(vertical | grows);
        down = grows & vertical;
        return next;
    }

    private static Dictionary<Rune, ulong[]> Positions(ReadOnlySpan<Rune> pattern, int blocks)
    {
        var positions = new Dictionary<Rune, ulong[]>();
        for (var i = 0; i < pattern.Length; i++)
        {
            if (!positions.TryGetValue(pattern[i], out var bits)) positions[pattern[i]] = bits = new ulong[blocks];
            bits[i / 64] |= 1UL << (i % 64);
        }
        return positions;
    }
}
