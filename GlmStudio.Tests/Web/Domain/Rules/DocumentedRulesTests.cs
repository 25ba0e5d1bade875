using System.Text;
using System.Text.RegularExpressions;
using GlmStudio.Tests.Support;
using GlmStudio.Web.Domain.Rules;
using GlmStudio.Web.Domain.Rules.Expressions;
using GlmStudio.Web.Features.Templates;

namespace GlmStudio.Tests.Web.Domain.Rules;

/// <summary>The examples of docs/rules.md, as they stand there.</summary>
public sealed class DocumentedRulesTests
{
    private static readonly string Text = File.ReadAllText(Repository.At("docs/rules.md"));

    [Fact]
    public void Values_OfTheDocumentation_BecomeWhatItSays()
    {
        var example = Regex.Match(Text, "```json\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;
        var (draft, problems) = TemplateJson.Read(Encoding.UTF8.GetBytes(example));
        Assert.Empty(problems);
        var rules = FieldRules.Of(draft!.Fields);
        var lines = Table("field");
        Assert.Equal(7, lines.Count);
        Assert.All(lines, line =>
        {
            var ruled = rules.Run(new Dictionary<string, string?> { [line[0]] = line[1] }).Single(r => r.Key == line[0]);
            Assert.Equal((line[2], line[3]), (ruled.Value, ruled.Problem ?? ""));
        });
    }

    [Fact]
    public void Example_OfTheDocumentation_AddsUp()
    {
        var example = Regex.Match(Text, "```json\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;
        var rules = FieldRules.Of(TemplateJson.Read(Encoding.UTF8.GetBytes(example)).Draft!.Fields);
        var ruled = rules.Run(new Dictionary<string, string?> { ["net"] = "RM 100.00", ["tax"] = "6.00", ["total"] = "107" }).ToDictionary(r => r.Key);
        Assert.Equal(("6 %", "Net and tax do not add up to the total."), (ruled["share"].Value, ruled["total"].Problem));
    }

    [Fact]
    public void Expressions_OfTheDocumentation_GiveWhatItSays()
    {
        var row = new Dictionary<string, string?> { ["net"] = "12.40", ["tax"] = "RM 1.24", ["name"] = "Café" };
        var lines = Table("expression");
        Assert.Equal(6, lines.Count);
        Assert.All(lines, line => Assert.Equal(line[1], Expression.Parse(line[0].Trim('`')).Evaluate(key => row.GetValueOrDefault(key)) ?? ""));
    }

    [Fact]
    public void Steps_OfTheDocumentation_AreAllThereAre() => Assert.All(StepJson.Kinds.Keys, kind => Assert.Contains($"\n| `{kind}` |", Text, StringComparison.Ordinal));

    private static List<string[]> Table(string head)
    {
        var lines = Text.Split('\n').SkipWhile(l => !l.StartsWith($"| {head} |", StringComparison.Ordinal)).Skip(2).TakeWhile(l => l.StartsWith('|'));
        return [.. lines.Select(l => l[1..^1].Split(" |").Select(c => c.Trim()).ToArray())];
    }
}
