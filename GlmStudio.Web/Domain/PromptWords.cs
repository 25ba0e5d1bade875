using System.Collections.Frozen;
using GlmStudio.Engine;

namespace GlmStudio.Web.Domain;

/// <summary>The fixed words of a prompt in one language.</summary>
internal sealed record PromptWords
{
    public required string Instruction { get; init; }
    public required string Fields { get; init; }
    public required FrozenDictionary<FieldType, string> Types { get; init; }
    public required string Required { get; init; }
    public required string Example { get; init; }

    /// <summary>How to answer in each shape, and what that says of lists.</summary>
    public required FrozenDictionary<AnswerShape, (string Answer, string ListAnswer)> Shapes { get; init; }

    /// <summary>A line of a list of pairs.</summary>
    public required string Pair { get; init; }

    public required string OpenLabel { get; init; }
    public required string CloseLabel { get; init; }
    public required string Colon { get; init; }
    public required string Separator { get; init; }
    public required string Stop { get; init; }

    /// <summary>Between two sentences.</summary>
    public required string Gap { get; init; }

    public static PromptWords English { get; } = new()
    {
        Instruction = "Read the values below from the picture.",
        Fields = "Fields:",
        Types = new Dictionary<FieldType, string>
        {
            [FieldType.Text] = "text",
            [FieldType.Number] = "number",
            [FieldType.Money] = "amount of money",
            [FieldType.Date] = "date",
            [FieldType.Id] = "code, copied character by character",
            [FieldType.Phone] = "telephone number",
            [FieldType.Choice] = "one of ",
            [FieldType.YesNo] = "yes or no",
            [FieldType.List] = "list, one string an entry",
        }.ToFrozenDictionary(),
        Required = ", required",
        Example = "Example: ",
        Shapes = new Dictionary<AnswerShape, (string, string)>
        {
            [AnswerShape.Json] = ("Answer with one JSON object and nothing else. Use exactly these keys in this order. "
                + "Copy values as they are printed. Write null for a value that is not on the page.", " A list is an array of strings."),
            [AnswerShape.FillIn] = ("Fill in this form and write nothing else: one line a field, in this order. "
                + "Copy values as they are printed. Write unknown for a value that is not on the page.", " Separate the entries of a list by semicolons."),
            [AnswerShape.Pairs] = ("Write one line an entry and nothing else: its name, a colon and its value. "
                + "Copy names and values as they are printed. Write unknown if the page shows no entry.", ""),
        }.ToFrozenDictionary(),
        Pair = "name: value",
        OpenLabel = " (", CloseLabel = ")", Colon = ": ", Separator = ", ", Stop = ".", Gap = " ",
    };

    public static PromptWords Chinese { get; } = new()
    {
        Instruction = "请从图片中读取下列字段。",
        Fields = "字段：",
        Types = new Dictionary<FieldType, string>
        {
            [FieldType.Text] = "文本",
            [FieldType.Number] = "数字",
            [FieldType.Money] = "金额",
            [FieldType.Date] = "日期",
            [FieldType.Id] = "编号，逐字照抄",
            [FieldType.Phone] = "电话号码",
            [FieldType.Choice] = "以下之一：",
            [FieldType.YesNo] = "是或否",
            [FieldType.List] = "列表，每项一个字符串",
        }.ToFrozenDictionary(),
        Required = "，必填",
        Example = "例如：",
        Shapes = new Dictionary<AnswerShape, (string, string)>
        {
            [AnswerShape.Json] = ("只输出一个 JSON 对象，不要输出其他内容。键名和顺序与下面完全一致；值照页面原样填写；页面上没有的值填 null。", "列表用字符串数组表示。"),
            [AnswerShape.FillIn] = ("只填写下面的表格，每个字段一行，顺序不变，不要输出其他内容。值照页面原样填写；页面上没有的值填“未知”。", "列表的各项用分号隔开。"),
            [AnswerShape.Pairs] = ("每项一行，写名称、冒号和值，不要输出其他内容。名称和值照页面原样填写；页面上一项也没有时只写“未知”。", ""),
        }.ToFrozenDictionary(),
        Pair = "名称: 值",
        OpenLabel = "（", CloseLabel = "）", Colon = "：", Separator = "、", Stop = "。", Gap = "",
    };
}
