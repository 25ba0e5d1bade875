using System.Globalization;
using System.Text;

namespace GlmStudio.Engine.Values;

/// <summary>The single steps of which the normalisations are made.</summary>
internal static class TextSteps
{
    /// <summary>Full-width forms become half-width, one character for one, so that positions stay: "ＡＢ：１" → "AB:1".</summary>
    public static string Fold(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\u2000', '\uFFFF') && !text.Contains('\u00A0', StringComparison.Ordinal))
            return text;
        return string.Create(text.Length, text, (span, source) =>
        {
            for (var i = 0; i < span.Length; i++)
                span[i] = FoldOne(source[i]);
        });
    }

    private static char FoldOne(char c) => c switch
    {
        >= '\uFF01' and <= '\uFF5E' => (char)(c - 0xFEE0),
        '\u3000' or '\u00A0' or '\u2009' or '\u202F' => ' ',
        '￥' => '¥',
        '．' or '。' => '.',
        '−' or '–' or '—' or '‐' or '‑' or '﹣' => '-',
        '﹕' or '∶' or '︰' => ':',
        _ => c,
    };

    /// <summary>Width: compatibility forms become plain ones (NFKC), but not where that changes meaning: ² ½ ① stay themselves.</summary>
    public static string Width(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var rune in WellFormed(text).Normalize(NormalizationForm.FormC).EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            var one = rune.ToString();
            if (rune.Value is '²' or '³' && result.Length > 0 && char.IsAsciiLetter(result[^1]))
                result.Append(rune.Value == '²' ? '2' : '3'); // m² is also written m2 and ㎡
            else
                result.Append(category == UnicodeCategory.OtherNumber ? one : one.Normalize(NormalizationForm.FormKC));
        }
        return result.ToString();
    }

    /// <summary>A lone half of a surrogate pair, which Unicode normalisation refuses, becomes U+FFFD.</summary>
    private static string WellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
            if (char.IsSurrogate(text[i]) && !(i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]) && ++i > 0))
                return string.Concat(text.EnumerateRunes());
        return text;
    }

    /// <summary>Case: the invariant culture's lower case.</summary>
    public static string Case(string text) => text.ToLowerInvariant();

    /// <summary>Marks: every kind of quote, dash, comma, full stop and multiplication sign becomes the plain one.</summary>
    public static string Marks(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var c in text)
            result.Append(c switch
            {
                '“' or '”' or '„' or '«' or '»' or '「' or '」' or '『' or '』' or '″' => '"',
                '‘' or '’' or '‚' or '`' or '´' or '′' => '\'',
                '–' or '—' or '‒' or '―' or '−' or '‐' or '‑' => '-',
                '【' or '〔' or '［' => '[',
                '】' or '〕' or '］' => ']',
                '、' => ',',
                '。' => '.',
                '〜' or '～' or '∼' => '~',
                '×' or '✕' => 'x',
                '・' or '•' or '‧' => '·',
                _ => c,
            });
        return result.ToString();
    }

    /// <summary>Spaces: runs become one; those beside punctuation or beside Chinese, Japanese or Korean characters go.</summary>
    public static string Spaces(string text)
    {
        var result = new StringBuilder(text.Length);
        var pending = false;
        foreach (var c in text)
        {
            if (char.IsWhiteSpace(c) || char.IsControl(c) || c is '\u200B' or '\uFEFF')
            {
                pending = true;
                continue;
            }
            if (pending && result.Length > 0 && Spaced(result[^1]) && Spaced(c))
                result.Append(' ');
            pending = false;
            result.Append(c);
        }
        return result.ToString();
    }

    /// <summary>No spaces at all.</summary>
    public static string NoSpaces(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c) && c is not ('\u200B' or '\uFEFF')));

    /// <summary>End punctuation: a closing full stop, comma, colon or semicolon says nothing about the value.</summary>
    public static string EndPunctuation(string text) => text.Trim('.', ',', ';', ':', ' ');

    /// <summary>Whether a space beside this character separates words.</summary>
    private static bool Spaced(char c) => !IsIdeograph(c) && !char.IsPunctuation(c) && !char.IsSymbol(c);

    /// <summary>Chinese characters, kana and hangul.</summary>
    public static bool IsIdeograph(char c) =>
        c is >= '\u2E80' and <= '\u9FFF' or >= '\uAC00' and <= '\uD7AF' or >= '\uF900' and <= '\uFAFF' or >= '\uD800' and <= '\uDFFF';
}
