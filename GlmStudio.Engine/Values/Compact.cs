using System.Globalization;

namespace GlmStudio.Engine.Values;

/// <summary>
/// A text without everything in which a label on paper differs from the same label in a template: spaces, punctuation, case, width,
/// traditional or simplified characters, and the letters that recognition confuses (0 and o; 1, l, i and |).
/// </summary>
internal sealed class Compact
{
    private const string Traditional = "總計額號電話發單價數實應稱產訂貨購買賣銷編碼時間備註類規業廠製質檢驗結參圍醫報稅開識別統營運費聯繫網點務員門櫃萬圓優會積餘據證書轉帳賬銀國際標準壓頻淨體溫壽儲誌誤審採樣標簽齡術護藥劑飲麵飯湯雞魚條餐廳館";
    private const string Simplified = "总计额号电话发单价数实应称产订货购买卖销编码时间备注类规业厂制质检验结参围医报税开识别统营运费联系网点务员门柜万圆优会积余据证书转账账银国际标准压频净体温寿储志误审采样标签龄术护药剂饮面饭汤鸡鱼条餐厅馆";
    private const int LongestText = 240;

    private static readonly Dictionary<char, char> Simple = Traditional.Zip(Simplified).DistinctBy(p => p.First).ToDictionary(p => p.First, p => p.Second);

    private Compact(string text, int[] map, bool[] starts)
    {
        (Text, Map, Starts, Pairs) = (text, map, starts, Grams.Of(text));
        Words = [.. Enumerable.Range(0, text.Length).Where(i => starts[i])];
    }

    /// <summary>The compact characters.</summary>
    public string Text { get; }

    /// <summary>Where each compact character stands in the original.</summary>
    public int[] Map { get; }

    /// <summary>Whether a word begins at each compact character; one more entry, true, closes the text.</summary>
    public bool[] Starts { get; }

    /// <summary>Where words begin.</summary>
    public int[] Words { get; }

    /// <summary>The pairs of neighbouring characters, for ruling a search out quickly.</summary>
    public Grams Pairs { get; }

    /// <summary>Only the compact characters of a text.</summary>
    public static string Of(string text) => From(text).Text;

    /// <summary>Reads a text; only its first 240 characters can hold a label.</summary>
    public static Compact From(string source)
    {
        var text = TextSteps.Fold(source.Length > LongestText ? source[..LongestText] : source);
        var chars = new char[text.Length];
        var map = new int[text.Length];
        var starts = new bool[text.Length + 1];
        var count = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsLetterOrDigit(text[i]) && text[i] != '|')
                continue;
            starts[count] = StartsWord(text, i);
            map[count] = i;
            chars[count++] = FoldOne(text[i]);
        }
        starts[count] = true;
        var compact = new string(chars, 0, count);
        return new Compact(compact, map, starts);
    }

    /// <summary>Whether the text, in the fold of labels, consists of European letters.</summary>
    public static bool IsLatin(string compact) => compact.Length > 0 && compact.All(c => c < '\u0250');

    private static bool StartsWord(string text, int i)
    {
        if (i == 0 || TextSteps.IsIdeograph(text[i]))
            return true;
        var before = text[i - 1];
        return !char.IsLetterOrDigit(before) || TextSteps.IsIdeograph(before) || char.IsDigit(before) != char.IsDigit(text[i])
            || (char.IsLower(before) && char.IsUpper(text[i]));
    }

    private static char FoldOne(char c) => char.ToLower(c, CultureInfo.InvariantCulture) switch
    {
        '0' => 'o',
        '1' or 'l' or '|' or 'ı' => 'i',
        var other => Simple.GetValueOrDefault(other, other),
    };
}

/// <summary>A set of character pairs as 256 bits: a cheap "certainly not contained".</summary>
internal readonly record struct Grams(ulong A, ulong B, ulong C, ulong D)
{
    public static Grams Of(string text)
    {
        Span<ulong> bits = stackalloc ulong[4];
        for (var i = 0; i + 1 < text.Length; i++)
        {
            var hash = (uint)(text[i] * 31 + text[i + 1]) * 2654435761u >> 24;
            bits[(int)(hash >> 6)] |= 1UL << (int)(hash & 63);
        }
        return new Grams(bits[0], bits[1], bits[2], bits[3]);
    }

    /// <summary>How many of these pairs the other text lacks.</summary>
    public int MissingIn(Grams other) =>
        (int)(ulong.PopCount(A & ~other.A) + ulong.PopCount(B & ~other.B) + ulong.PopCount(C & ~other.C) + ulong.PopCount(D & ~other.D));
}
