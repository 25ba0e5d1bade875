using GlmStudio.Web.Features.Models;

namespace GlmStudio.Tests.Web.Features.Models;

public sealed class ModelCardTests
{
    [Theory]
    [InlineData("# Mini\ntext", "# Mini\ntext")]
    [InlineData("---\nlicense: mit\n---\n\n# Mini", "# Mini")]
    [InlineData("---\nnever closed", "---\nnever closed")]
    [InlineData("", "")]
    public void WithoutFrontMatter_AnyCard_IsItsText(string markdown, string expected) => Assert.Equal(expected, ModelCard.WithoutFrontMatter(markdown));

    [Fact]
    public void Read_FolderWithoutACard_IsNull() => Assert.Null(ModelCard.Read("absent"));
}
