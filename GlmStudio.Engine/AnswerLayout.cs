namespace GlmStudio.Engine;

/// <summary>How the values of fields are written down in an answer.</summary>
public enum AnswerShape
{
    /// <summary>One JSON object.</summary>
    Json,
    /// <summary>A form that is filled in, one line a field: <c>【合计】：12.00</c>.</summary>
    FillIn,
    /// <summary>The entries of one list, one line each: <c>红烧牛肉面: 28</c>.</summary>
    Pairs,
}

/// <summary>A shape, and the language of its fixed words.</summary>
/// <param name="Shape">The shape.</param>
/// <param name="IsChinese">Whether the words are Chinese, and English otherwise.</param>
public sealed record AnswerLayout(AnswerShape Shape, bool IsChinese = false)
{
    /// <summary>One JSON object.</summary>
    public static AnswerLayout Json { get; } = new(AnswerShape.Json);

    /// <summary>Written where the page does not show a value.</summary>
    public string Absent => Shape == AnswerShape.Json ? "null" : IsChinese ? "未知" : "unknown";

    /// <summary>Stands between two entries of a list in one line.</summary>
    public string Separator => IsChinese ? "；" : "; ";

    /// <summary>Stands between the name and the value of a pair.</summary>
    public const string PairColon = ": ";

    /// <summary>What a line of the fill-in form begins with.</summary>
    /// <param name="label">The field's label.</param>
    public string Head(string label) => $"【{OneLine(label)}】{(IsChinese ? "：" : ": ")}";

    /// <summary>A label on one line: line breaks and runs of blanks become one blank.</summary>
    /// <param name="label">The label.</param>
    public static string OneLine(string label) => string.Join(' ', label.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
