using GlmStudio.Web.Domain.Journal;

namespace GlmStudio.Tests.Web.Domain.Journal;

public sealed class ManifestTests
{
    private static readonly Manifest Base = new([new("Prompt", "p1"), new("Model files", "m1"), new("Template version", "7", IsNoted: true)], "abc", 0, 0);

    public static TheoryData<string, Manifest> Others => new()
    {
        { "picture", Base with { ContentHash = "abd" } },
        { "page", Base with { Page = 1 } },
        { "repeat", Base with { Repeat = 1 } },
        { "prompt", Base with { Shared = [new("Prompt", "p2"), new("Model files", "m1")] } },
        { "a part less", Base with { Shared = [new("Prompt", "p1")] } },
    };

    [Theory]
    [MemberData(nameof(Others), DisableDiscoveryEnumeration = true)]
    public void Identity_OnePartDiffers_IsAnother(string _, Manifest other) => Assert.NotEqual(Base.Identity, other.Identity);

    [Fact]
    public void Identity_OnlyANotedPartDiffers_IsTheSame() =>
        Assert.Equal(Base.Identity, (Base with { Shared = [new("Prompt", "p1"), new("Model files", "m1"), new("Template version", "8", IsNoted: true)] }).Identity);

    [Fact]
    public void Identity_OfFixedParts_NeverChanges() =>
        Assert.Equal(Manifest.Hash("Picture=abc\nPage=1\nPrompt=p1\nModel files=m1\nRepeat=1\n"), Base.Identity);

    [Fact]
    public void Identity_ValueWithLineBreak_CannotPoseAsTwoParts() =>
        Assert.NotEqual((Base with { Shared = [new("A", "1\nB=2")] }).Identity, (Base with { Shared = [new("A", "1"), new("B", "2")] }).Identity);

    [Fact]
    public void DifferencesFrom_TwoParts_NamesBoth()
    {
        var now = Base with { Shared = [new("Prompt", "p2"), new("Device", "cpu")] };
        Assert.Equal([new("Prompt", "p1", "p2"), new("Device", null, "cpu"), new("Model files", "m1", null)], now.DifferencesFrom(Base));
    }
}
