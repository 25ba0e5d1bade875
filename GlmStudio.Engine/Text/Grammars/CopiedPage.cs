using System.Text;

namespace GlmStudio.Engine.Text.Grammars;

/// <summary>What a run must have in it.</summary>
internal enum Needed
{
    /// <summary>Anything will do.</summary>
    Nothing,
    /// <summary>A letter, ideograph or digit: punctuation alone is no value.</summary>
    Word,
    /// <summary>A digit.</summary>
    Digit,
    /// <summary>A digit or a Chinese numeral, as dates have.</summary>
    Numeral,
}

/// <summary>A page as an automaton that writes runs of it: a place is how far one way of writing has come. Characters follow each other as on the page; the blanks
/// between them are free, because readers of print lose and add them, save between two digits, where a blank makes one number of two.</summary>
/// <remarks>Each printed character has its bytes, one place behind each of them, and two places more: behind the blank before it, and behind the backslash of the line break before it.</remarks>
internal sealed class CopiedPage
{
    /// <summary>Costs more characters than any run may have.</summary>
    public const int Never = 1 << 20;

    private const string Numerals = "〇一二三四五六七八九十";

    private readonly List<Character> _characters = [];
    private readonly List<int> _ofPlace = [];
    private readonly bool _hasLineBreaks;
    private readonly int[] _toEnd;
    private readonly int[][] _toNeeded;

    /// <param name="lines">The page's lines in reading order.</param>
    /// <param name="isJson">Whether quotes and backslashes are escaped, and lines may be parted by a line break.</param>
    public CopiedPage(IReadOnlyList<string> lines, bool isJson)
    {
        _hasLineBreaks = isJson;
        foreach (var line in lines) Add(line, isJson);
        _toEnd = WaysToEnd();
        _toNeeded = [.. Enum.GetValues<Needed>().Select(WaysTo)];
        LongestWay = Math.Max(1, _toNeeded.SelectMany(w => w).Where(c => c < Never).DefaultIfEmpty().Max() + 2);
        LongestCharacter = Math.Max(2, _characters.Select(c => c.Bytes.Length).DefaultIfEmpty().Max());
        Starts = [.. _characters.Where(c => c.MayStart).Select(c => c.Before)];
        Bytes = _characters.SelectMany(c => c.Bytes).Concat(" \\n"u8.ToArray()).Aggregate(new ByteSet(), (set, value) => set.With(value));
    }

    /// <summary>How a character may follow the one before it.</summary>
    private enum Gap
    {
        /// <summary>Nothing may come between: inside a number.</summary>
        None,
        /// <summary>Nothing or a blank.</summary>
        Free,
        /// <summary>A blank: between two numbers.</summary>
        Blank,
        /// <summary>The line ends: a blank, a line break, or nothing where no two digits meet.</summary>
        Line,
    }

    /// <summary>Where runs may begin.</summary>
    public int[] Starts { get; }

    /// <summary>Every byte that a run may have.</summary>
    public ByteSet Bytes { get; }

    /// <summary>Most characters that a run needs from where it is to where it may end.</summary>
    public int LongestWay { get; }

    /// <summary>Most bytes of a character.</summary>
    public int LongestCharacter { get; }

    /// <summary>Whether a whole character has just been written, or none.</summary>
    public bool IsBetween(int place) => Of(place) is var c && (place == c.Before || place == c.AfterBlank || place == c.Last);

    /// <summary>Characters that must still be begun before the run may end.</summary>
    public int Cost(int place, Needed needed)
    {
        var at = _ofPlace[place];
        var here = Has(_characters[at], needed) ? _toEnd[at] : _toNeeded[(int)needed][at];
        return place < _characters[at].First ? here + 1 : here;
    }

    /// <summary>What is still needed once the character at a place is written.</summary>
    public Needed Left(int place, Needed needed) => Of(place) is var c && place == c.Last && Has(c, needed) ? Needed.Nothing : needed;

    /// <summary>Whether the run may end here, what it needs apart.</summary>
    public bool MayEnd(int place) => Of(place) is { MayEnd: true } c && place == c.Last;

    /// <summary>The bytes that may come at a place, each with the place behind it.</summary>
    public void Next(int place, bool mayLeaveLine, List<(byte Value, int Place)> found)
    {
        var at = _ofPlace[place];
        var here = _characters[at];
        if (place == here.BehindBackslash) found.Add(((byte)'n', here.AfterBlank));
        else if (place == here.Before || place == here.AfterBlank) found.Add((here.Bytes[0], here.First));
        else if (place < here.Last) found.Add((here.Bytes[place - here.First + 1], place + 1));
        else if (at + 1 < _characters.Count) Follow(here, _characters[at + 1], mayLeaveLine, found);
    }

    private void Follow(Character here, Character next, bool mayLeaveLine, List<(byte Value, int Place)> found)
    {
        if (next.Gap == Gap.Line && !mayLeaveLine) return;
        if (next.Gap != Gap.None) found.Add(((byte)' ', next.AfterBlank));
        if (next.Gap == Gap.Line && _hasLineBreaks) found.Add(((byte)'\\', next.BehindBackslash));
        if (next.Gap != Gap.Blank && !(next.Gap == Gap.Line && here.IsDigit && next.IsDigit)) found.Add((next.Bytes[0], next.First));
    }

    private static bool Has(Character character, Needed needed) => needed switch
    {
        Needed.Word => character.IsWord, Needed.Digit => character.IsDigit, Needed.Numeral => character.IsNumeral, _ => true,
    };

    private int[] WaysToEnd()
    {
        var ways = new int[_characters.Count];
        for (var i = ways.Length - 1; i >= 0; i--) ways[i] = _characters[i].MayEnd ? 0 : Blank(i + 1) + 1 + ways[i + 1];
        return ways;
    }

    // What is needed is looked for on the same line only.
    private int[] WaysTo(Needed needed)
    {
        var ways = new int[_characters.Count];
        for (var i = ways.Length - 1; i >= 0; i--)
            ways[i] = i + 1 == ways.Length || _characters[i + 1].Gap == Gap.Line ? Never
                : Math.Min(Never, Blank(i + 1) + 1 + (Has(_characters[i + 1], needed) ? _toEnd[i + 1] : ways[i + 1]));
        return ways;
    }

    private Character Of(int place) => _characters[_ofPlace[place]];

    private int Blank(int at) => _characters[at].Gap == Gap.Blank || (_characters[at].Gap == Gap.Line && _characters[at].IsDigit && _characters[at - 1].IsDigit) ? 1 : 0;

    private void Add(string line, bool isJson)
    {
        var (gap, printed) = (Gap.Line, Printed(line));
        for (var i = 0; i < printed.Count; i++)
        {
            var (rune, isAfterBlank) = printed[i];
            if (i > 0) gap = GapBetween(printed, i);
            var text = isJson ? CharacterRules.JsonText(rune.ToString()) : rune.ToString();
            var isInside = i > 0 && IsInside(printed, i);
            _characters.Add(new Character(Encoding.UTF8.GetBytes(text), gap, Rune.IsLetterOrDigit(rune), IsDigit(rune), IsDigit(rune) || Numerals.Contains(rune.ToString(), StringComparison.Ordinal), !isInside, i + 1 == printed.Count || !IsInside(printed, i + 1), _ofPlace.Count));
            _ofPlace.AddRange(Enumerable.Repeat(_characters.Count - 1, Character.OwnPlaces + _characters[^1].Bytes.Length));
        }
    }

    private static List<(Rune Rune, bool IsAfterBlank)> Printed(string line)
    {
        var (printed, isAfterBlank) = (new List<(Rune, bool)>(), false);
        foreach (var rune in line.EnumerateRunes())
            if (Rune.IsWhiteSpace(rune) || !CharacterRules.PlainInJson.Contains(rune.Value) && rune.Value < ' ') isAfterBlank = true;
            else
            {
                printed.Add((rune, isAfterBlank));
                isAfterBlank = false;
            }
        return printed;
    }

    private static Gap GapBetween(List<(Rune Rune, bool IsAfterBlank)> line, int at) =>
        IsDigit(line[at - 1].Rune) && IsDigit(line[at].Rune) ? line[at].IsAfterBlank ? Gap.Blank : Gap.None
        : IsInside(line, at) && !IsLetter(line[at].Rune) ? Gap.None : IsInside(line, at) && IsPoint(line[at - 1].Rune) ? Gap.None : Gap.Free;

    // Between two digits or two letters of a Latin word, and around the point in the middle of a number.
    private static bool IsInside(List<(Rune Rune, bool IsAfterBlank)> line, int at)
    {
        if (line[at].IsAfterBlank) return false;
        var (before, after) = (line[at - 1].Rune, line[at].Rune);
        if (IsDigit(before) && IsDigit(after)) return true;
        if (IsLetter(before) && IsLetter(after)) return !(Rune.IsLower(before) && Rune.IsUpper(after));
        if (IsPoint(after)) return IsDigit(before) && at + 1 < line.Count && !line[at + 1].IsAfterBlank && IsDigit(line[at + 1].Rune);
        return IsPoint(before) && IsDigit(after) && at > 1 && !line[at - 1].IsAfterBlank && IsDigit(line[at - 2].Rune);
    }

    private static bool IsDigit(Rune character) => character.Value is (>= '0' and <= '9') or (>= '０' and <= '９');

    // Of Latin words, with marks or without; ideographs are words of their own.
    private static bool IsLetter(Rune character) => Rune.IsLetter(character) && character.Value is < 0x250 or (>= 0x1E00 and <= 0x1EFF);

    private static bool IsPoint(Rune character) => character.Value is '.' or ',';

    /// <summary>A printed character; its places are numbered from <paramref name="Before"/> on.</summary>
    private sealed record Character(byte[] Bytes, Gap Gap, bool IsWord, bool IsDigit, bool IsNumeral, bool MayStart, bool MayEnd, int Before)
    {
        public const int OwnPlaces = 3;

        public int AfterBlank => Before + 1;

        public int BehindBackslash => Before + 2;

        public int First => Before + OwnPlaces;

        public int Last => First + Bytes.Length - 1;
    }
}
