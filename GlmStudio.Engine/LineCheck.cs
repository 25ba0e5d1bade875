using System.Text.RegularExpressions;

namespace GlmStudio.Engine;

/// <summary>Says whether an answer in lines is of its form, by reading it again and knowing nothing of grammars.</summary>
/// <param name="fields">What was asked.</param>
/// <param name="layout">How it is written.</param>
/// <param name="page">Looks copied values up; null where values are free.</param>
internal sealed class LineCheck(IReadOnlyList<AskedField> fields, AnswerLayout layout, CopyCheck? page)
{
    private static readonly TimeSpan PatternTime = TimeSpan.FromSeconds(1);

    private readonly FieldLimits _limits = new(fields);

    public bool Accepts(string answer)
    {
        var lines = answer.Split('\n');
        if (lines.Any(l => l.Any(c => c < ' '))) return false;
        if (layout.Shape == AnswerShape.Pairs) return answer == layout.Absent || (lines.Length <= FieldLimits.MostPairs && lines.All(IsPair));
        return lines.Length == fields.Count && fields.Zip(lines).All(l => l.Second.StartsWith(layout.Head(l.First.Label), StringComparison.Ordinal)
            && IsValue(l.First, l.Second[layout.Head(l.First.Label).Length..]));
    }

    private bool IsPair(string line) => line.IndexOf(':', StringComparison.Ordinal) is var colon and > 0 && line[colon..].StartsWith(AnswerLayout.PairColon, StringComparison.Ordinal)
        && IsText(fields[0], line[..colon], FieldLimits.MostName) && IsText(fields[0], line[(colon + AnswerLayout.PairColon.Length)..], FieldLimits.MostPairValue);

    private bool IsValue(AskedField field, string value) => value == layout.Absent || field.Type switch
    {
        FieldType.Choice => field.Choices.Contains(value),
        FieldType.YesNo => FieldLimits.YesOrNo.Contains(value),
        FieldType.List => value.Split(layout.Separator) is var entries && entries.Length <= _limits.Entries && entries.All(e => IsText(field, e, FieldLimits.MostEntry)),
        _ => IsText(field, value, _limits.Characters(field)) && (FieldLimits.Pattern(field.Type) is not { } pattern || Regex.IsMatch(value, pattern, RegexOptions.None, PatternTime)),
    };

    private bool IsText(AskedField field, string text, int most) =>
        text.Length > 0 && text[0] != ' ' && text.EnumerateRunes().Count() <= most && (page is null || !field.IsCopied || page.Holds(text));
}
