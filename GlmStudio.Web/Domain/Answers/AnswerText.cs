using System.Text;

namespace GlmStudio.Web.Domain.Answers;

/// <summary>Small rules about text that came from a model.</summary>
public static class AnswerText
{
    /// <summary>No database takes every string a model can write: NUL goes, half a surrogate pair becomes U+FFFD.</summary>
    public static string Storable(string text)
    {
        if (!text.Contains('\0') && IsWellFormed(text)) return text;
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            if (rune.Value != 0) clean.Append(rune.ToString());
        return clean.ToString();
    }

    /// <summary>How keys and labels are compared: width folded, without case, spaces, separators and decoration.</summary>
    public static string Fold(string name)
    {
        var folded = new StringBuilder(name.Length);
        foreach (var c in Storable(name).Normalize(NormalizationForm.FormKC))
            if (char.IsLetterOrDigit(c) || char.IsSurrogate(c)) folded.Append(char.ToLowerInvariant(c));
        return folded.ToString();
    }

    private static bool IsWellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 >= text.Length || !char.IsSurrogatePair(text[i], text[i + 1])) return false;
            i++;
        }
        return true;
    }
}
