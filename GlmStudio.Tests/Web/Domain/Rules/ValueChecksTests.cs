using GlmStudio.Web.Domain;
using GlmStudio.Web.Domain.Rules;

namespace GlmStudio.Tests.Web.Domain.Rules;

public sealed class ValueChecksTests
{
    public static TheoryData<FieldCheck, string, string?> Cases => new()
    {
        { new MatchCheck(@"[0-9]{8}[A-Z]{2}"), "20260312AB", null },
        { new MatchCheck(@"[0-9]{8}[A-Z]{2}"), "x20260312AB", "The value does not have the expected form." },
        { new MatchCheck(@"a|ab"), "ab", null },
        { new NumberCheck(0, 100), "RM 100.00", null },
        { new NumberCheck(0, 100), "-0.01", "The number is outside its range." },
        { new NumberCheck(0, null), "many", "This is not a number." },
        { new DateCheck(new DateOnly(2026, 1, 1), new DateOnly(2026, 12, 31)), "31.12.2026", null },
        { new DateCheck(new DateOnly(2026, 1, 1), null), "2025-12-31", "The date is outside its range." },
        { new DateCheck(new DateOnly(2026, 1, 1), null), "yesterday", "This is not a date." },
        { new LengthCheck(1, 2), "😀😀", null },
        { new LengthCheck(3, null), "😀😀", "The value is too short or too long." },
        { new OneOfCheck(["Cash", "Card"]), "ｃａｓｈ", null },
        { new OneOfCheck(["Cash", "Card"], Fold: false), "cash", "The value is not one of those expected." },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Check_OfAValue_SaysWhyItFails(FieldCheck check, string read, string? problem)
    {
        var ruled = OneField.Run(read, check);
        Assert.Equal((read, problem), (ruled.Value, ruled.Problem));
    }

    [Fact]
    public void Check_ThatFails_SpeaksInTheAuthorsWords() =>
        Assert.Equal("8 digits and 2 letters, please.", OneField.Run("x", new MatchCheck(@"\d{8}") { Message = "8 digits and 2 letters, please." }).Problem);

    [Fact]
    public void Check_WithoutValue_SaysNothing() => Assert.Null(OneField.Run(null, new MatchCheck("a"), new NumberCheck(1)).Problem);

    [Theory]
    [InlineData("12.40", "1.24", "13.64", null)]
    [InlineData("12.40", "1.24", "13.65", null)]
    [InlineData("12.40", "1.24", "13.66", "Tax does not add up.")]
    [InlineData("12.40", null, "99", null)]
    [InlineData("12.40", "none", "99", "Tax does not add up.")]
    public void Equal_OverOtherFields_AllowsADifference(string subtotal, string? tax, string total, string? problem)
    {
        List<Field> fields =
        [
            new() { Key = "total", Label = "Total", Steps = [new EqualCheck("{subtotal} + {tax}", 0.01m) { Message = "Tax does not add up." }] },
            new() { Key = "subtotal", Label = "Subtotal" }, new() { Key = "tax", Label = "Tax" },
        ];
        Assert.Empty(StepRules.Check(fields));
        var ruled = FieldRules.Of(fields).Run(new Dictionary<string, string?> { ["total"] = total, ["subtotal"] = subtotal, ["tax"] = tax });
        Assert.Equal(problem, ruled[0].Problem);
    }
}
