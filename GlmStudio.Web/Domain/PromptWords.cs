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
    public required string Answer { get; init; }
    public required string ListAnswer { get; init; }
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
        Answer = "Answer with one JSON object and nothing else. Use exactly these keys in this order. "
            + "Copy values as they are printed. Write null for a value that is not on the page.",
        ListAnswer = " A list is an array of strings.",
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
        Answer = "只输出一个 JSON 对象，不要输出其他内容。键名和顺序与下面完全一致；值照页面原样填写；页面上没有的值填 null。",
        ListAnswer = "列表用字符串数组表示。",
        OpenLabel = "（", CloseLabel = "）", Colon = "：", Separator = "、", Stop = "。", Gap = "",
    };
}
