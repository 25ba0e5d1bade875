using System.Text;
using System.Text.RegularExpressions;
using GlmStudio.Tests.Support;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Features.Templates;

namespace GlmStudio.Tests.Web.Features.Templates;

public sealed class DocumentedFormatTests
{
    [Fact]
    public async Task Example_OfTheDocumentation_CanBeImported()
    {
        var text = await File.ReadAllTextAsync(Repository.At("docs/templates.md"), TestContext.Current.CancellationToken);
        var example = Regex.Match(text, "```json\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;
        var (draft, problems) = TemplateJson.Read(Encoding.UTF8.GetBytes(example));
        Assert.Empty(problems);
        Assert.Equal(["from", "price", "class"], draft!.Fields.Select(f => f.Key));
    }

    [Fact]
    public async Task Types_OfTheDocumentation_AreAllThereAre()
    {
        var text = await File.ReadAllTextAsync(Repository.At("docs/templates.md"), TestContext.Current.CancellationToken);
        Assert.All(GroundingWords.All.Keys, word => Assert.Contains($"`{word}`", text, StringComparison.Ordinal));
        Assert.All(TemplateJson.Types.Keys, type => Assert.Contains($"`{type}`", text, StringComparison.Ordinal));
    }
}
