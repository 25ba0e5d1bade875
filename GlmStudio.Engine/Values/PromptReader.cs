using System.Text.RegularExpressions;
using GlmStudio.Engine.Transcription;

namespace GlmStudio.Engine.Values;

/// <summary>What a free prompt wants of the reader.</summary>
internal enum PromptKind
{
    /// <summary>The page's text.</summary>
    Text,
    /// <summary>Several values as one JSON object.</summary>
    Json,
    /// <summary>Several values in the prompt's own form: 【字段】：value.</summary>
    Form,
    /// <summary>One value.</summary>
    Single,
    /// <summary>Whether the page shows a quoted text.</summary>
    Shows,
}

/// <summary>A free prompt as the reader understands it.</summary>
/// <param name="Kind">The form of the answer.</param>
/// <param name="Fields">The values asked for.</param>
/// <param name="Quoted">The texts whose presence is asked for.</param>
/// <param name="IsChinese">The language of the answer.</param>
internal sealed record PromptWish(PromptKind Kind, IReadOnlyList<AskedField> Fields, IReadOnlyList<string> Quoted, bool IsChinese);

/// <summary>
/// Understands free prompts as far as a reader can: a JSON skeleton, a form to fill in, known or quoted names to extract, a question for one value,
/// and whether a quoted text is there. Everything else is answered with the page's text.
/// </summary>
internal static partial class PromptReader
{
    private const int LongestPrompt = 8_000;
    private const int MostFields = 60;

    public static PromptWish Read(string prompt)
    {
        var text = prompt.Length > LongestPrompt ? prompt[..LongestPrompt] : prompt;
        var isChinese = text.Any(TextSteps.IsIdeograph);
        var quoted = Quotes().Matches(text).Select(m => m.Groups["text"].Value.Trim()).Where(q => q.Length > 0).Distinct().Take(MostFields).ToList();
        if (Fields(Skeleton(text)) is { Count: > 0 } json)
            return new PromptWish(PromptKind.Json, json, [], isChinese);
        if (Fields(Form().Matches(text).Select(m => m.Groups[1].Value)) is { Count: > 0 } form)
            return new PromptWish(PromptKind.Form, form, [], isChinese);
        if (WholePage().IsMatch(text))
            return new PromptWish(PromptKind.Text, [], [], isChinese);
        if (quoted.Count > 0 && Presence().IsMatch(text) && !Extraction().IsMatch(text))
            return new PromptWish(PromptKind.Shows, [], quoted, isChinese);
        return Named(text, quoted) is { Count: > 0 } named
            ? new PromptWish(named.Count == 1 && !text.Contains("json", StringComparison.OrdinalIgnoreCase) ? PromptKind.Single : PromptKind.Json, named, [], isChinese)
            : new PromptWish(PromptKind.Text, [], [], isChinese);
    }

    /// <summary>{"company": "", "total": ""} → its keys.</summary>
    private static IEnumerable<string> Skeleton(string text)
    {
        var open = text.IndexOf('{', StringComparison.Ordinal);
        var close = text.LastIndexOf('}');
        return open < 0 || close <= open ? [] : JsonKey().Matches(text[open..close]).Select(m => m.Groups[1].Value);
    }

    private static List<AskedField> Fields(IEnumerable<string> names) =>
        [.. names.Select(n => n.Trim()).Where(n => n.Length > 0).Distinct().Take(MostFields).Select(n => Field(n))];

    /// <summary>A field of that name; its type is what the name usually means.</summary>
    private static AskedField Field(string name, Concept? concept = null)
    {
        var known = concept ?? Concepts.For(name, FieldType.Text) ?? Enum.GetValues<FieldType>().Select(t => Concepts.For(name, t)).FirstOrDefault(c => c is not null)
            ?? Concepts.For(name.Replace('_', ' '), FieldType.Text);
        var type = known is null ? FieldType.Text : Enum.Parse<FieldType>(known.Types[0], ignoreCase: true);
        return new AskedField { Key = name, Label = name, Type = type == FieldType.Choice ? FieldType.Text : type };
    }

    /// <summary>The names in an order or a question: known labels in the words of the prompt, quoted names, listed names.</summary>
    private static List<AskedField> Named(string text, List<string> quoted)
    {
        var isOrder = Extraction().IsMatch(text);
        if (!isOrder && !Question().IsMatch(text))
            return [];
        if (isOrder && quoted.Count > 0)
            return Fields(quoted);
        if (isOrder && Listed().Match(text) is { Success: true } list && ListedNames(list.Groups["names"].Value) is { Count: > 1 } names && names.Exists(IsKnown))
            return Fields(names);
        var known = KnownLabels(text);
        if (known.Count == 0 && QuestionWords(text) is { } asked)
            known.Add(asked);
        return known;
    }

    private static List<string> ListedNames(string names) =>
        [.. ListSeparator().Split(names).Select(n => Article().Replace(n.Trim(), "").Trim(' ', '.', '。', '"', '\'')).Where(n => n.Length is > 0 and < 40)];

    private static bool IsKnown(string name) => Enum.GetValues<FieldType>().Any(t => Concepts.For(name, t) is not null);

    /// <summary>The labels of concepts that occur in the prompt, in its words and order.</summary>
    private static List<AskedField> KnownLabels(string text)
    {
        var sentences = Sentence().Split(text).Where(s => s.Trim().Length > 0).Take(40)
            .Select((s, row) => new TranscriptLine { Text = s.Trim(), Box = new PageBox(0, 0, 1, 1), Score = 1, Row = row });
        var page = new PageText(new Transcript(1, 1, [.. sentences]));
        var labels = new LabelSpotter(page, []);
        var found = page.Cells.SelectMany(c => labels.In(c)).Where(h => h.Phrase.Owner < Concepts.All.Count && h.Strength >= 0.85 && !h.Phrase.RowOnly && h.Length > 1
            && !DocumentWord().IsMatch(h.Cell.Raw[h.Start..h.End]));
        List<AskedField> fields = [];
        HashSet<string> seen = [];
        foreach (var place in found.GroupBy(h => (h.Cell.Index, h.Start)).OrderBy(g => g.Key))
        {
            var best = place.OrderByDescending(h => h.Length).ThenByDescending(h => h.Strength).First();
            var name = best.Cell.Raw[best.Start..best.End];
            var field = Field(name, Concepts.All[best.Phrase.Owner]);
            if (seen.Add(Concepts.For(name, field.Type)?.Name ?? name))
                fields.Add(field);
        }
        return fields;
    }

    /// <summary>"How much", "when", 多少钱 ask for a value without naming it; "What is the Zorblat code?" names one that nobody knows.</summary>
    private static AskedField? QuestionWords(string text)
    {
        if (HowMuch().IsMatch(text)) return Field("total");
        if (When().IsMatch(text)) return Field("date");
        if (Where().IsMatch(text)) return Field("address");
        if (Unknown().Match(text) is { Success: true } match && match.Groups["name"].Value.Trim() is { Length: > 1 and < 40 } name)
            return Field(name);
        return null;
    }

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    [GeneratedRegex(@"“(?<text>[^”\n]{1,200})”|""(?<text>[^""\n]{1,200})""|「(?<text>[^」\n]{1,200})」|『(?<text>[^』\n]{1,200})』|《(?<text>[^》\n]{1,200})》|`(?<text>[^`\n]{1,200})`|‘(?<text>[^’\n]{1,200})’")]
    private static partial Regex Quotes();

    [GeneratedRegex(@"[""“']([^""”'\n{}:]{1,60})[""”']\s*[:：]")]
    private static partial Regex JsonKey();

    [GeneratedRegex(@"【([^】\n]{1,40})】\s*[:：]?")]
    private static partial Regex Form();

    [GeneratedRegex(@"\b(?:all|whole|full|every)\b[^.?!\n]{0,20}\btext|transcri|\bocr\b|read (?:the|this) (?:text|page|image|picture)\b|(?:全部|所有|全文|完整)的?(?:文字|文本|内容)|文字识别|逐字|转写|(?:识别|读出|提取|输出)[^,，。]{0,8}(?:文字|文本)", Options)]
    private static partial Regex WholePage();

    [GeneratedRegex(@"\b(?:does|do|is|are|was|has|have|can|contains?|shows?|appears?|match(?:es)?|consistent|true|whether)\b|是否|是不是|有没有|有无|吗|一致|相符|符合|包含|出现|正确", Options)]
    private static partial Regex Presence();

    [GeneratedRegex(@"\b(?:extract|read|return|give|list|find|get|output|fill|provide|identify|tell)\b|提取|读取|抽取|识别|给出|给我|返回|列出|输出|找出|填写|告诉|读出", Options)]
    private static partial Regex Extraction();

    [GeneratedRegex(@"\?|？|\b(?:what|which|who|whose|when|where|how)\b|多少|什么|哪|谁|几|^.{1,12}[:：]?$", Options)]
    private static partial Regex Question();

    [GeneratedRegex(@"(?:fields?|values?|following|字段|以下(?:信息|内容|字段)?|如下(?:信息|内容|字段)?)\s*[:：]\s*(?<names>[^.。?？\n{]{2,300})|(?:extract|return|give me|find|get|output|identify|read|提取|读取|抽取|给出|给我|返回|输出|找出|识别)[:：]?\s*(?:出|图中的?|图片中的?|小票上?的?|发票上?的?|这张.{1,4}[上中]?的)?\s*(?<names>(?:(?!\b(?:from|in|of|on|as|into)\b)[^.。?？\n:：{]){2,200})", Options)]
    private static partial Regex Listed();

    [GeneratedRegex(@"\s*(?:[,，、;；]|\band\b|&|以及|和|与|及)\s*", Options)]
    private static partial Regex ListSeparator();

    [GeneratedRegex(@"^(?:the|its|a|an|and|me|following|fields?)\s+|以?json.*$", Options)]
    private static partial Regex Article();

    [GeneratedRegex(@"[\n。.!！?？;；]")]
    private static partial Regex Sentence();

    [GeneratedRegex(@"^(?:receipt|invoice|image|picture|document|page|json|text|no|item|description|name of|to|order|product|title|test|sample|report|menu|from|time|note|notes|now|was|each|less|net|rate|code|service|call|contents|value|food|shop|store|unit|check|size|type|mass|make|business|小票|发票|订单|图片|名称|菜单|说明|结果|商品|产品|项目|样本|标本|标题)$", Options)]
    private static partial Regex DocumentWord();

    [GeneratedRegex(@"how much|多少钱|花了多少|一共多少|总共多少", Options)]
    private static partial Regex HowMuch();

    [GeneratedRegex(@"^\s*when\b|什么时候|哪天|哪一天|几号|何时", Options)]
    private static partial Regex When();

    [GeneratedRegex(@"^\s*where\b|在哪|哪里|何处", Options)]
    private static partial Regex Where();

    [GeneratedRegex(@"what(?:'s| is| are)(?: the)? (?<name>[\p{L}\d '#/.-]{2,40}?)(?: (?:on|in|of|shown)\b.*)?\?|(?:的|^)(?<name>[\p{L}\d ]{2,16}?)(?:是多少|是什么|是谁|为多少|是哪|叫什么)", Options)]
    private static partial Regex Unknown();
}
