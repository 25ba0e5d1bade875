using GlmStudio.Engine;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Domain.Rules;
using GlmStudio.Web.Features.Templates;

namespace GlmStudio.Tests.Web.Features.Templates;

public sealed class DiffVersionsTests
{
    [Fact]
    public void Compare_SameContent_IsEmpty() => Assert.True(DiffVersions.Compare(Version("a", "b"), Version("a", "b")).IsEmpty);

    [Fact]
    public void Compare_FieldInserted_MovesNothing()
    {
        var diff = DiffVersions.Compare(Version("a", "b"), Version("x", "a", "b"));
        Assert.Equal([("x", DiffKind.Added), ("a", DiffKind.Same), ("b", DiffKind.Same)], diff.Fields.Select(f => (f.Key, f.Kind)));
    }

    [Fact]
    public void Compare_FieldRemoved_StandsWhereItWas()
    {
        var diff = DiffVersions.Compare(Version("a", "b", "c"), Version("a", "c"));
        Assert.Equal([("a", DiffKind.Same), ("b", DiffKind.Removed), ("c", DiffKind.Same)], diff.Fields.Select(f => (f.Key, f.Kind)));
    }

    [Fact]
    public void Compare_FieldsSwapped_AreMoved() =>
        Assert.All(DiffVersions.Compare(Version("a", "b"), Version("b", "a")).Fields, f => Assert.True(f.Moved));

    [Fact]
    public void Compare_PropertyChanged_ShowsBeforeAndAfter()
    {
        var after = Version("a");
        (after.Fields[0].Type, after.Fields[0].Required) = (FieldType.Money, true);
        var change = Assert.Single(DiffVersions.Compare(Version("a"), after).Fields);
        Assert.Equal([new PropertyChange("Type", "Text", "Money"), new PropertyChange("Required", "", "✓")], change.Properties);
    }

    [Fact]
    public void Compare_Confirmation_IsADifference()
    {
        var after = Version("a");
        after.Confirms = true;
        Assert.Equal((true, false), (DiffVersions.Compare(Version("a"), after).ConfirmsChanged, DiffVersions.Compare(Version("a"), after).IsEmpty));
    }

    [Fact]
    public void Compare_ShapeAndCopying_AreDifferences()
    {
        var after = Version("a");
        (after.Shape, after.Fields[0].Copied) = (AnswerShape.FillIn, false);
        var diff = DiffVersions.Compare(Version("a"), after);
        Assert.True(diff.ShapeChanged);
        Assert.False(diff.IsEmpty);
        Assert.Equal([new PropertyChange("Copied from the page", "", "no")], Assert.Single(diff.Fields).Properties);
    }

    [Fact]
    public void Compare_InstructionLine_IsMarked()
    {
        var (before, after) = (Version("a"), Version("a"));
        (before.Instruction, after.Instruction) = ("one\ntwo", "one\n二");
        Assert.Equal([DiffKind.Same, DiffKind.Removed, DiffKind.Added], DiffVersions.Compare(before, after).Instruction.Select(l => l.Kind));
    }

    [Fact]
    public void Compare_GroundingSwitched_IsADifference()
    {
        var (before, after) = (Version("a"), Version("a"));
        after.Grounding = Grounding.PictureOnly;
        var diff = DiffVersions.Compare(before, after);
        Assert.Equal((true, false), (diff.GroundingChanged, diff.IsEmpty));
    }

    [Fact]
    public void Compare_LookupChangedFarDown_ShowsTheChange()
    {
        var (before, after) = (Version("a"), Version("a"));
        (before.Fields[0].Steps, after.Fields[0].Steps) = ([Table("Shanghai")], [Table("Hangzhou")]);
        var change = Assert.Single(Assert.Single(DiffVersions.Compare(before, after).Fields).Properties);
        Assert.Contains("Shanghai", change.Before, StringComparison.Ordinal);
        Assert.Contains("Hangzhou", change.After, StringComparison.Ordinal);
        Assert.All((string[])[change.Before, change.After], text => Assert.InRange(text.Length, 100, 700));
    }

    /// <summary>A thousand lines, of which the last but ten says <paramref name="city"/>.</summary>
    private static LookupStep Table(string city) => new([.. Enumerable.Range(0, 1000).Select(i => new LookupEntry($"code {i}", i == 990 ? city : "Beijing "))]);

    private static TemplateVersion Version(params string[] keys) => new() { Fields = [.. keys.Select(k => new Field { Key = k, Label = k })] };
}
