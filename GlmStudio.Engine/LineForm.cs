using GlmStudio.Engine.Text.Grammars;

namespace GlmStudio.Engine;

/// <summary>Answers in lines as rules: the fill-in form, and the list of pairs. A value never is empty, and never has a line break.</summary>
/// <param name="layout">The shape and its words.</param>
/// <param name="lines">The page's lines where values are copied; null: they are free.</param>
/// <param name="book">Makes the rules.</param>
/// <param name="budget">What it may cost.</param>
internal sealed class LineForm(AnswerLayout layout, IReadOnlyList<string>? lines, RuleBook book, CompileBudget budget)
{
    private const string AnyOnALine = @"[^\x00-\x1F]*";
    private static readonly CodePoints OnALine = ~CodePoints.Of(0, 0x1F);
    private static readonly CodePoints Blank = CodePoints.Of(" ");

    private readonly TextRules _texts = new(book, budget, isJson: false);
    private readonly Dictionary<string, CopiedPage> _pages = [];

    /// <summary>The whole answer to some fields.</summary>
    public Rule Of(IReadOnlyList<AskedField> fields) => layout.Shape == AnswerShape.Pairs ? OrAbsent(Pairs(fields[0])) : FilledIn(fields);

    private Rule FilledIn(IReadOnlyList<AskedField> fields)
    {
        var limits = new FieldLimits(fields);
        var form = Rules.End;
        for (var i = fields.Count - 1; i >= 0; i--)
            form = book.Sequence(book.Text((i > 0 ? "\n" : "") + layout.Head(fields[i].Label)), OrAbsent(Value(fields[i], limits)), form);
        return form;
    }

    private Rule Value(AskedField field, FieldLimits limits) => field.Type switch
    {
        FieldType.Choice => book.Choice(field.Choices.Select(book.Text)),
        FieldType.YesNo => book.Choice(FieldLimits.YesOrNo.Select(book.Text)),
        FieldType.List => Entries(field, limits),
        _ when field.IsCopied && lines is not null => Run(FieldLimits.NeededBy(field.Type), limits.Characters(field), field.Type == FieldType.Text, ""),
        FieldType.Text or FieldType.Id => Free(limits.Characters(field), ""),
        _ => Matching(field, limits),
    };

    private Rule Matching(AskedField field, FieldLimits limits) =>
        _texts.Matching($@"[^\x00-\x20]{AnyOnALine}", isAnchored: true, 1, limits.Characters(field)) is var any && FieldLimits.Pattern(field.Type) is not { } part ? any
            : _texts.Matching($@"(?:{part}|[^\x00-\x20]{AnyOnALine}{part}){AnyOnALine}", isAnchored: true, 1, limits.Characters(field));

    private Rule Entries(AskedField field, FieldLimits limits)
    {
        var entry = field.IsCopied && lines is not null ? Run(Needed.Word, FieldLimits.MostEntry, mayLeaveLine: false, ";；") : Free(FieldLimits.MostEntry, ";；");
        return book.Sequence(entry, book.Repeat(book.Sequence(book.Text(layout.Separator), entry), 0, limits.Entries - 1));
    }

    private Rule Pairs(AskedField field)
    {
        var isCopied = field.IsCopied && lines is not null;
        var name = isCopied ? Run(Needed.Word, FieldLimits.MostName, mayLeaveLine: false, ":：") : Free(FieldLimits.MostName, ":：");
        var value = isCopied ? Run(Needed.Word, FieldLimits.MostPairValue, mayLeaveLine: false, "") : Free(FieldLimits.MostPairValue, "");
        var pair = book.Sequence(name, book.Text(AnswerLayout.PairColon), value);
        return book.Sequence(pair, book.Repeat(book.Sequence(book.Text("\n"), pair), 0, FieldLimits.MostPairs - 1));
    }

    private Rule Free(int most, string without)
    {
        var characters = OnALine & ~CodePoints.Of(without);
        return book.Sequence(_texts.Free(characters & ~Blank, 1, 1), _texts.Free(characters, 0, most - 1));
    }

    // The page falls apart at the characters that have a meaning of their own in the answer.
    private Rule Run(Needed needed, int most, bool mayLeaveLine, string without)
    {
        if (!_pages.TryGetValue(without, out var page))
            _pages[without] = page = new CopiedPage([.. lines!.SelectMany(l => without.Length == 0 ? [l] : l.Split(without.ToCharArray()))], isJson: false);
        return book.Copy(page, page.Starts, most, needed, mayLeaveLine);
    }

    private Rule OrAbsent(Rule value) => book.Choice(value, book.Text(layout.Absent));
}
