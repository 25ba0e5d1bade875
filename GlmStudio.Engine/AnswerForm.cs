using System.Text.Json;
using System.Text.Json.Nodes;
using GlmStudio.Engine.Text.Grammars;
using GlmStudio.Engine.Text.Schemas;

namespace GlmStudio.Engine;

/// <summary>The form an answer must have, compiled: the engine then chooses only among tokens that keep to it. It is bounded: the longest answer is known.</summary>
/// <remarks>Safe for concurrent use. Keep one for many requests: what was worked out for one answer serves the next. See docs/grammar.md for what is enforced.</remarks>
public sealed class AnswerForm
{
    /// <summary>No request generates more tokens: a form that may need more can be cut off.</summary>
    public const int MostTokens = 32_768;

    private const int MostChoices = 10_000;
    private const int MostPatternCharacters = 2000;
    private const int MostSchemaDepth = 200;

    private const int MostPageCharacters = 30_000;

    private readonly Func<string, bool> _accepts;

    private AnswerForm(Grammar grammar, Func<string, bool> accepts, FieldForm? fields) => (Grammar, _accepts, Fields) = (grammar, accepts, fields);

    /// <summary>No answer has more UTF-8 bytes than this.</summary>
    public long LongestBytes => Grammar.Start.Longest;

    /// <summary>No answer has more tokens than this, in whatever vocabulary: every token has a byte, and the end is one more.</summary>
    public long LongestTokens => LongestBytes + 1;

    internal Grammar Grammar { get; }

    /// <summary>The fields that this is a form of; null for every other form.</summary>
    internal FieldForm? Fields { get; }

    /// <summary>JSON of a value that a JSON Schema allows. Properties come in the schema's order and no others; see docs/grammar.md.</summary>
    /// <param name="schema">The schema as JSON text.</param>
    /// <param name="whiteSpace">Most white space between two tokens of the answer; 0 writes one blank after each comma and colon.</param>
    /// <exception cref="EngineException">The schema is wrong, too large or not supported; the message names keyword and place.</exception>
    public static AnswerForm OfSchema(string schema, int whiteSpace = 0)
    {
        var root = Parse(schema);
        return Compile((book, budget) => SchemaRules.Of(root, new SchemaLimits(WhiteSpace: whiteSpace), book, budget), new SchemaValidator(root).AcceptsText);
    }

    /// <summary>Any JSON object, bounded in depth, lengths and counts.</summary>
    public static AnswerForm OfJsonObject(int whiteSpace = 0) => OfSchema("""{"type": "object"}""", whiteSpace);

    /// <summary>A template's fields, all of them in order, values as printed and of the fields' types, a fixed word where the page shows none. Where the engine
    /// knows the page's text, values of <see cref="AskedField.IsCopied"/> fields are copied from it.</summary>
    /// <param name="fields">What is asked; one list where the shape is <see cref="AnswerShape.Pairs"/>.</param>
    /// <param name="layout">How the values are written; null: JSON on one line.</param>
    /// <exception cref="EngineException">There are too many fields.</exception>
    public static AnswerForm OfFields(IReadOnlyList<AskedField> fields, AnswerLayout? layout = null) => OfFields(fields, null, layout);

    /// <summary>As <see cref="OfFields(IReadOnlyList{AskedField}, AnswerLayout)"/>, and values of <see cref="AskedField.IsCopied"/> fields can only be runs of the page's
    /// characters, of one line or, for texts, of lines that follow each other; blanks between them are free.</summary>
    /// <param name="fields">What is asked.</param>
    /// <param name="lines">The page's lines in reading order; null: values are free.</param>
    /// <param name="layout">How the values are written.</param>
    /// <exception cref="EngineException">There are too many fields, or too much text on the page.</exception>
    public static AnswerForm OfFields(IReadOnlyList<AskedField> fields, IReadOnlyList<string>? lines, AnswerLayout? layout = null)
    {
        layout ??= AnswerLayout.Json;
        if (lines?.Sum(l => (long)l.Length) is { } characters && characters > MostPageCharacters)
            throw Refused($"The page has {characters:N0} characters; values are copied from pages of at most {MostPageCharacters:N0}.");
        if (layout.Shape == AnswerShape.Pairs && fields is not [{ Type: FieldType.List }]) throw Refused("A list of pairs answers one field, of the type list.");
        var copies = lines is null ? null : new CopyCheck(fields, lines);
        var (rule, accepts) = layout.Shape == AnswerShape.Json ? Json(fields, lines, copies)
            : ((book, budget) => new LineForm(layout, lines, book, budget).Of(fields), new LineCheck(fields, layout, copies).Accepts);
        return Compile(rule, accepts, new FieldForm(fields, layout));
    }

    private static (Func<RuleBook, CompileBudget, Rule> Rule, Func<string, bool> Accepts) Json(IReadOnlyList<AskedField> fields, IReadOnlyList<string>? lines, CopyCheck? copies)
    {
        var (schema, page) = (FieldSchema.Of(fields, isCopied: lines is not null), lines is null ? null : new CopiedPage(lines, isJson: true));
        var validator = new SchemaValidator(FieldSchema.Of(fields));
        return ((book, budget) => SchemaRules.Of(schema, new SchemaLimits(Page: page), book, budget), answer => validator.AcceptsText(answer) && copies?.Accepts(answer) != false);
    }

    /// <summary>A text that a regular expression matches from its first to its last character.</summary>
    /// <exception cref="EngineException">The pattern is wrong, too large or not supported; the message names what and where.</exception>
    public static AnswerForm OfPattern(string pattern)
    {
        if (pattern.Length > MostPatternCharacters) throw Refused($"The pattern has {pattern.Length:N0} characters, the limit is {MostPatternCharacters:N0}.");
        var most = new SchemaLimits().MostCharacters;
        return Compile((book, budget) => new TextRules(book, budget, isJson: false).Matching(pattern, isAnchored: true, 0, most),
            text => System.Text.RegularExpressions.Regex.Match(text, pattern, System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)) is { Success: true, Index: 0 });
    }

    /// <summary>One of these texts.</summary>
    /// <exception cref="EngineException">There are none, or too many.</exception>
    public static AnswerForm OfChoices(IReadOnlyList<string> choices)
    {
        if (choices.Count is 0 or > MostChoices || choices.Any(c => c.Length == 0))
            throw Refused($"The choices are {choices.Count:N0} texts; send 1 to {MostChoices:N0}, none of them empty.");
        return Compile((book, _) => book.Choice(choices.Select(book.Text)), choices.ToHashSet(StringComparer.Ordinal).Contains);
    }

    /// <summary>Whether a finished answer is of this form, by reading it without the grammar.</summary>
    public bool Accepts(string answer) => _accepts(answer);

    internal static AnswerForm Compile(Func<RuleBook, CompileBudget, Rule> rule, Func<string, bool> accepts, FieldForm? fields = null)
    {
        var budget = new CompileBudget();
        var book = new RuleBook(budget);
        try
        {
            var start = rule(book, budget);
            return ReferenceEquals(start, Rules.Nothing) ? throw Refused("No answer is of this form.") : new AnswerForm(new Grammar(book, start), accepts, fields);
        }
        catch (GrammarTooLargeException fault)
        {
            throw Refused($"The form of the answer is too large: {fault.Message}.", fault);
        }
        catch (Exception fault) when (fault is SchemaException or PatternException)
        {
            throw Refused($"The form of the answer cannot be enforced: {fault.Message}", fault);
        }
    }

    private static JsonNode Parse(string schema)
    {
        try
        {
            var options = new JsonDocumentOptions { MaxDepth = MostSchemaDepth, AllowDuplicateProperties = false };
            return JsonNode.Parse(schema, documentOptions: options) ?? throw Refused("The schema is null.");
        }
        catch (Exception fault) when (fault is JsonException or ArgumentException)
        {
            throw Refused($"The schema is not JSON: {fault.Message}", fault);
        }
    }

    private static EngineException Refused(string message, Exception? inner = null) => new(EngineFault.BadRequest, message, inner);
}
