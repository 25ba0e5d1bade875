using GlmStudio.Web.Domain.Rules.Expressions;

namespace GlmStudio.Tests.Web.Domain.Rules;

public sealed class ExpressionTests
{
    private static readonly Dictionary<string, string?> Row = new()
    {
        ["net"] = "12.40", ["tax"] = "RM 1.24", ["名称"] = "Café 😀", ["none"] = null, ["code"] = "A-7",
    };

    [Theory]
    [InlineData("1 + 2 * 3", "7")]
    [InlineData("(1 + 2) * 3", "9")]
    [InlineData("10 - 4 - 3", "3")]
    [InlineData("-{net} + --1", "-11.4")]
    [InlineData("{net}+{tax}", "13.64")]
    [InlineData("round({net} / 3, 2)", "4.13")]
    [InlineData("round(2.5, 0) & \"/\" & round(-2.5, 0)", "3/-3")]
    [InlineData("{名称} & \" \"\"x\"\"\"", "Café 😀 \"x\"")]
    [InlineData("if({tax} = 1.240, \"same\", \"other\")", "same")]
    [InlineData("if({none} = \"\", 0, {none})", "0")]
    [InlineData("if({code} <> \"A-7\", 1, 2)", "2")]
    [InlineData("if({net} >= 12.4, if({net} < 13, \"in\", \"high\"), \"low\")", "in")]
    [InlineData("or({none}, 5) + 1", "6")]
    [InlineData("{none} + 1", null)]
    [InlineData("\"a\" & {none}", "a")]
    [InlineData("0.1 + 0.2", "0.3")]
    public void Evaluate_OfExamples_Gives(string expression, string? expected) => Assert.Equal(expected, Evaluate(expression));

    [Theory]
    [InlineData("", 0, "A number, a {field}, a \"text\" or a bracket is expected here.")]
    [InlineData("1 +", 3, "A number, a {field}, a \"text\" or a bracket is expected here.")]
    [InlineData("1 2", 2, "Nothing more is expected here.")]
    [InlineData("{net", 0, "The bracket { of a field is not closed.")]
    [InlineData("1 & \"x", 4, "The quote is not closed.")]
    [InlineData("2 * (3 + 1", 10, "A bracket ) is expected here.")]
    [InlineData("net + 1", 0, "The functions are round, or, if. The name of a field stands in braces: {total}.")]
    [InlineData("round(1)", 7, "A comma is expected here.")]
    [InlineData("round(1, 11)", 9, "The number of digits goes from 0 to 10.")]
    [InlineData("if(1, 2, 3)", 4, "A comparison is expected here: =, <>, <, >, <= or >=.")]
    [InlineData("1.2.3", 0, "This is not a number.")]
    public void Parse_OfWhatIsWrong_NamesThePlace(string text, int position, string sentence)
    {
        var fault = Assert.Throws<ExpressionException>(() => Expression.Parse(text));
        Assert.Equal((position, sentence), (fault.Position, fault.Message));
    }

    [Fact]
    public void Parse_TooLongOrTooDeep_IsRefused()
    {
        Assert.Equal("The expression is longer than 1,000 characters.", Assert.Throws<ExpressionException>(() => Expression.Parse(new string('1', 1_001))).Message);
        Assert.Equal("The expression is nested too deep.", Assert.Throws<ExpressionException>(() => Expression.Parse(new string('(', 900))).Message);
        Assert.Equal("The expression is nested too deep.", Assert.Throws<ExpressionException>(() => Expression.Parse(new string('-', 900))).Message);
    }

    [Theory]
    [InlineData("1 / ({net} - 12.4)", "The expression divides by zero.")]
    [InlineData("{code} + 1", "The expression needs a number where there is none.")]
    [InlineData("79228162514264337593543950335 * 10", "The expression's result is too large.")]
    public void Evaluate_WithoutResult_SaysWhy(string text, string sentence) =>
        Assert.Equal(sentence, Assert.Throws<ExpressionException>(() => Evaluate(text)).Message);

    [Fact]
    public void Parse_OfAnything_NeverThrowsButItsOwnError()
    {
        string[] pieces = ["{net}", "{none}", "{", "}", "(", ")", "+", "-", "*", "/", "&", ",", "=", "<>", "<", "\"", "\"a\"", "1", "0", ".", "9e9", "round(", "if(", "or(", " ", "\ud83d", "😀", "\0", "é", "79228162514264337593543950335"];
        var random = new Random(20260312);
        var (read, refused) = (0, 0);
        for (var i = 0; i < 20_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 14)).Select(_ => pieces[random.Next(pieces.Length)]));
            try
            {
                Evaluate(text);
                read++;
            }
            catch (ExpressionException fault)
            {
                Assert.InRange(fault.Position, 0, text.Length);
                refused++;
            }
        }
        Assert.True(read > 200 && refused > 200, $"{read} read, {refused} refused");
    }

    private static string? Evaluate(string text) => Expression.Parse(text).Evaluate(key => Row.GetValueOrDefault(key));
}
