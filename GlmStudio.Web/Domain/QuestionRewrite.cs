using System.Text;
using GlmStudio.Engine.Values;

namespace GlmStudio.Web.Domain;

/// <summary>A free question that lists values, as the fields of a template.</summary>
public static class QuestionRewrite
{
    private const int MostFields = 60;
    private const int LongestKey = 64;

    /// <summary>"给我店名、日期、总额" → a version with three fields; null where the question does not list at least two values.</summary>
    public static TemplateVersion? Of(string question)
    {
        var asked = QuestionFields.Find(question);
        if (asked.Count < 2) return null;
        var keys = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        List<Field> fields = [];
        foreach (var field in asked.Take(MostFields))
            if (KeyOf(field.Label) is { Length: > 0 } key && keys.Add(key)) fields.Add(new Field { Key = key, Label = field.Label, Type = field.Type });
        return fields.Count < 2 ? null : new TemplateVersion { Number = 1, Fields = fields };
    }

    /// <summary>Letters and digits of any script; one <c>_</c> for what stands between them.</summary>
    private static string KeyOf(string name)
    {
        var key = new StringBuilder();
        foreach (var rune in name.Normalize().EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune)) key.Append(rune);
            else if (key.Length > 0 && key[^1] != '_') key.Append('_');
            if (key.Length >= LongestKey - 1) break;
        }
        return key.ToString().Trim('_');
    }
}
