using GlmStudio.Web.Features.Datasets.Uploads;

namespace GlmStudio.Tests.Web.Features.Datasets;

public sealed class DatasetPathTests
{
    [Theory]
    [InlineData("a.jpg", "a.jpg")]
    [InlineData(@"march\IMG 1.jpg", "march/IMG 1.jpg")]
    [InlineData("march//./a.jpg", "march/a.jpg")]
    [InlineData("发票/２０２４年/🧾.png", "发票/２０２４年/🧾.png")]
    [InlineData("cafe\u0301.png", "caf\u00E9.png")]
    public void TryNormalise_Name_HasOneSpelling(string raw, string expected)
    {
        Assert.True(DatasetPath.TryNormalise(raw, out var path, out _));
        Assert.Equal(expected, path);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("../a.jpg")]
    [InlineData("march/../../etc/passwd")]
    [InlineData(@"march\..\a.jpg")]
    [InlineData("/etc/passwd")]
    [InlineData(@"\\server\share\a.jpg")]
    [InlineData(@"C:\a.jpg")]
    [InlineData("a\0.jpg")]
    [InlineData("a\n.jpg")]
    [InlineData("\u202Egpj.exe")]
    public void TryNormalise_Dangerous_IsRefusedWithReason(string raw)
    {
        Assert.False(DatasetPath.TryNormalise(raw, out _, out var problem));
        Assert.NotEmpty(problem);
    }

    // Half a character cannot stand in an attribute.
    [Fact]
    public void TryNormalise_HalfACharacter_IsRefused() => Assert.False(DatasetPath.TryNormalise("a\uD800.jpg", out _, out _));

    [Fact]
    public void TryNormalise_TooLong_IsRefused() => Assert.False(DatasetPath.TryNormalise(new string('a', 1025), out _, out _));

    [Fact]
    public void NaturalOrder_Numbers_CountAsPeopleCount()
    {
        string[] sorted = ["1.png", "2/a.png", "2/b10.png", "10.png", "scan 2.png", "scan 10.png"];
        Assert.Equal(["1.png", "2/a.png", "2/b10.png", "10.png", "scan 2.png", "scan 10.png"], sorted.Reverse().Order(NaturalOrder.Instance));
    }
}
