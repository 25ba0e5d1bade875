using GlmStudio.Web.Domain;
using GlmStudio.Web.Domain.Rules;

namespace GlmStudio.Tests.Web.Domain.Rules;

public sealed class FieldRulesTests
{
    private static readonly List<Field> Bill =
    [
        new() { Key = "gross", Label = "Gross", Steps = [new ComputeStep("{net} + {tax}"), new NumberCheck(0)] },
        new() { Key = "net", Label = "Net", Steps = [new NumberStep(UnitUse.Drop)] },
        new() { Key = "tax", Label = "Tax", Steps = [new ComputeStep("round({net} * 0.06, 2)")] },
        new() { Key = "shop", Label = "Shop", Required = true },
    ];

    [Fact]
    public void Run_ComputedFields_AreMadeAfterWhatTheyNeed()
    {
        var ruled = FieldRules.Of(Bill).Run(new Dictionary<string, string?> { ["net"] = "RM 10.10", ["shop"] = "Tea" });
        Assert.Equal(["10.71", "10.10", "0.61", "Tea"], ruled.Select(r => r.Value));
        Assert.All(ruled, r => Assert.Null(r.Problem));
    }

    [Fact]
    public void Run_RequiredValueMissing_IsAMessage()
    {
        var ruled = FieldRules.Of(Bill).Run(new Dictionary<string, string?> { ["net"] = "1" });
        Assert.Equal("A required value is missing.", ruled[3].Problem);
    }

    [Fact]
    public void Run_NeededValueMissing_GivesNoResult()
    {
        var ruled = FieldRules.Of(Bill).Run(new Dictionary<string, string?> { ["shop"] = "Tea" });
        Assert.Equal((null, null), (ruled[0].Value, ruled[0].Problem));
    }

    [Fact]
    public void Run_ResultThatCannotBe_IsAMessage()
    {
        List<Field> fields = [new() { Key = "a", Label = "A" }, new() { Key = "b", Label = "B", Steps = [new ComputeStep("1 / {a}")] }];
        Assert.Equal("The expression divides by zero.", FieldRules.Of(fields).Run(new Dictionary<string, string?> { ["a"] = "0" })[1].Problem);
    }

    [Fact]
    public void Run_ListWithAnEmptyEntry_LeavesItOut() =>
        Assert.Equal("""["a"]""", OneField.Run(GlmStudio.Engine.FieldType.List, """["a 1", null]""", new PatternStep("[a-z]")).Value);

    [Fact]
    public void Apply_ToCells_KeepsTheReadingBesideTheValue()
    {
        List<Cell> cells = [new() { FieldKey = "net", Value = "RM 10.10" }, new() { FieldKey = "shop" }];
        Assert.True(FieldRules.Of(Bill).Apply(cells));
        var net = cells.Single(c => c.FieldKey == "net");
        Assert.Equal(("10.10", true, "RM 10.10", "RM 10.10"), (net.Value, net.IsRuled, net.Raw, net.Read));
        Assert.Equal("A required value is missing.", cells.Single(c => c.FieldKey == "shop").OpenProblem);
        Assert.Equal("10.71", cells.Single(c => c.FieldKey == "gross").Value);
    }

    [Fact]
    public void Apply_Twice_ChangesNothingMore()
    {
        List<Cell> cells = [new() { FieldKey = "net", Value = "RM 10.10" }, new() { FieldKey = "shop", Value = "Tea" }];
        FieldRules.Of(Bill).Apply(cells);
        Assert.False(FieldRules.Of(Bill).Apply(cells));
    }

    [Fact]
    public void Apply_WithOtherRules_StartsFromTheReading()
    {
        List<Cell> cells = [new() { FieldKey = "net", Value = "RM 10.10" }];
        FieldRules.Of(Bill).Apply(cells);
        FieldRules.Of([new Field { Key = "net", Label = "Net" }]).Apply(cells);
        Assert.Equal(("RM 10.10", false, null), (cells[0].Value, cells[0].IsRuled, cells[0].Raw));
    }

    [Fact]
    public void Apply_WhereAPersonCorrected_KeepsTheCorrectionAndComputesWithIt()
    {
        List<Cell> cells = [new() { FieldKey = "net", Value = "1", IsCorrected = true, CorrectedValue = "20" }, new() { FieldKey = "shop", IsCorrected = true }];
        FieldRules.Of(Bill).Apply(cells);
        Assert.Equal(("20", true), (cells[0].Final, cells[0].IsCorrected));
        Assert.Equal("21.2", cells.Single(c => c.FieldKey == "gross").Final);
        Assert.Null(cells[1].OpenProblem);
    }

    [Fact]
    public void Apply_ToARowThatFailed_MakesNothingUp()
    {
        List<Cell> cells = [];
        Assert.False(FieldRules.Of(Bill).Apply(cells));
        Assert.Empty(cells);
    }
}
