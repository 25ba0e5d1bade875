namespace GlmStudio.Engine.Values;

/// <summary>Numbers written in Chinese characters, everyday or capital (financial): 三百二十, 壹仟贰佰叁拾肆元伍角整.</summary>
public static class ChineseNumerals
{
    private const string Everyday = "零一二三四五六七八九";
    private const string Capital = "零壹贰叁肆伍陆柒捌玖";
    private const string Traditional = "〇壹貳參肆伍陸柒捌玖";

    /// <summary>The characters of which such a number consists.</summary>
    internal const string Alphabet = "零〇○一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟萬億貳參陸圆元圓角分整正";

    /// <summary>Reads a whole text as one number, with 元 角 分 as decimal places.</summary>
    /// <returns>False where any character is something else, or there is no digit.</returns>
    public static bool TryParse(string text, out decimal value)
    {
        value = 0;
        text = text.TrimStart('¥', '￥').Replace("人民币", "", StringComparison.Ordinal).TrimEnd('整', '正');
        if (text.Length is 0 or > 40 || !text.All(c => Alphabet.Contains(c, StringComparison.Ordinal)))
            return false;
        if (text.IndexOfAny(['元', '圆', '圓']) is var yuan && yuan < 0 && text.IndexOfAny(['角', '分']) < 0)
            return TryWhole(text, out value);
        var whole = 0m;
        if (yuan == 0 || (yuan > 0 && !TryWhole(text[..yuan], out whole)))
            return false;
        return TryCents(text[(yuan + 1)..].TrimStart('零'), whole, out value);
    }

    /// <summary>The digit that a character stands for, or -1.</summary>
    internal static int Digit(char c)
    {
        if (c is '两' or '两')
            return 2;
        if (c == '○')
            return 0;
        var at = Everyday.IndexOf(c, StringComparison.Ordinal);
        if (at < 0)
            at = Capital.IndexOf(c, StringComparison.Ordinal);
        return at >= 0 ? at : Traditional.IndexOf(c, StringComparison.Ordinal);
    }

    private static bool TryCents(string text, decimal whole, out decimal value)
    {
        value = whole;
        for (var i = 0; i < text.Length; i += 2)
        {
            var digit = Digit(text[i]);
            var unit = i + 1 < text.Length ? text[i + 1] : '\0';
            if (digit < 0 || unit is not ('角' or '分'))
                return false;
            value += digit * (unit == '角' ? 0.1m : 0.01m);
            if (i + 2 < text.Length && text[i + 2] == '零')
                i++;
        }
        return true;
    }

    /// <summary>A number below 10^12: sections of 万 and 亿, each of 千 百 十; or plain digits side by side (二〇一八).</summary>
    private static bool TryWhole(string text, out decimal value)
    {
        value = 0;
        if (text.Length == 0)
            return false;
        if (text.Length > 1 && text.All(c => Digit(c) >= 0))
            return decimal.TryParse(string.Concat(text.Select(c => (char)('0' + Digit(c)))), out value);
        long total = 0, section = 0, digit = -1;
        foreach (var c in text)
        {
            if (Digit(c) is var d and >= 0)
            {
                digit = d;
                continue;
            }
            var unit = Unit(c);
            if (unit == 0)
                return false;
            if (unit < 10_000)
                section += (digit > 0 ? digit : digit == 0 && unit != 10 ? 0 : 1) * unit;
            else
            {
                total = (total + section + Math.Max(0, digit)) * unit;
                section = 0;
            }
            if (total > 1_000_000_000_000)
                return false;
            digit = -1;
        }
        value = total + section + Math.Max(0, digit);
        return true;
    }

    private static long Unit(char c) => c switch
    {
        '十' or '拾' => 10,
        '百' or '佰' => 100,
        '千' or '仟' => 1_000,
        '万' or '萬' => 10_000,
        '亿' or '億' => 100_000_000,
        _ => 0,
    };
}
