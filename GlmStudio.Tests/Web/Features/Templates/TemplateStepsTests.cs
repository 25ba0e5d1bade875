using System.Text;
using GlmStudio.Engine;
using GlmStudio.Tests.Support;
using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Domain.Rules;
using GlmStudio.Web.Features.Templates;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Tests.Web.Features.Templates;

/// <summary>A field's steps on their way: file, database, copies, differences.</summary>
public sealed class TemplateStepsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static readonly FieldStep[] AllKinds =
    [
        new TidyStep(Tidying.HalfWidth), new DateStep(DateOrder.MonthFirst) { Message = "Look at the stamp." }, new NumberStep(UnitUse.Keep), new PatternStep("(?<a>.)", "${a}", Miss.Fail),
        new LookupStep([new("北京", "Beijing"), new("😀", "")], false, Miss.Empty), new MatchCheck("a+"), new NumberCheck(-1.5m, 2), new DateCheck(new DateOnly(2026, 1, 2)),
        new LengthCheck(null, 9), new OneOfCheck(["a", "b"]), new EqualCheck("{from} & \"x\"", 0.01m),
    ];

    [Fact]
    public void Write_ThenRead_KeepsEveryKindOfStep()
    {
        var draft = WithSteps();
        var file = TemplateJson.Write(draft);
        var (read, problems) = TemplateJson.Read(file);
        Assert.Empty(problems);
        Assert.Equal(file, TemplateJson.Write(read!));
        Assert.Equal(AllKinds.Select(s => s.GetType()), read!.Fields[1].Steps.Select(s => s.GetType()));
        Assert.Equal(StepJson.Kinds.Count, AllKinds.Length + 1);
        Assert.True(read.Fields[2].IsComputed);
    }

    [Theory]
    [InlineData("""{"step":"tidy"}""", "fields[0].steps[0]: A property of the step is missing")]
    [InlineData("""{"step":"tidy","way":"polish"}""", "fields[0].steps[0].way: A property of the step is missing, not known, or of the wrong kind")]
    [InlineData("""{"step":"tidy","way":0}""", "fields[0].steps[0].way: A property")]
    [InlineData("""{"step":"tidy","way":"trim","extra":1}""", "fields[0].steps[0].extra: A property")]
    [InlineData("""{"step":"pattern","pattern":null}""", "fields[0].steps[0]")]
    [InlineData("""{"step":"pattern","pattern":"\ud800"}""", "fields[0].steps[0]")]
    [InlineData("""{"step":"sing"}""", "fields[0].steps[0].step: \"sing\" is not a step. Steps are tidy, date")]
    [InlineData("""{"way":"trim"}""", "fields[0].steps[0]: The property \"step\" is missing.")]
    [InlineData("""7""", "fields[0].steps[0]: Found 7 where an object")]
    [InlineData("""{"step":"compute","expression":"{b} + "}""", "fields[0].steps[0].expression:7: A number, a {field}, a \"text\" or a bracket is expected here.")]
    public void Read_StepThatIsWrong_NamesItsPlace(string step, string expected)
    {
        var file = $$"""{"format":"glm-studio-template","version":1,"key":"t","name":"T","fields":[{"key":"a","steps":[{{step}}]},{"key":"b"}]}""";
        var (draft, problems) = TemplateJson.Read(Encoding.UTF8.GetBytes(file));
        Assert.Null(draft);
        Assert.Contains(expected, problems[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Save_ThenOpen_GivesTheSameStepsToCopiesToo()
    {
        await using var database = await TestDatabase.CreateAsync();
        var create = new CreateTemplate(database.Database, TimeProvider.System, new ChangeFeed(TimeProvider.System));
        Assert.Empty((await create.HandleAsync(WithSteps(), "", Cancellation)).Problems);
        var copy = await new DuplicateTemplate(database.Database, new ExportTemplate(database.Database), create).HandleAsync("ticket", Cancellation);
        await using var db = database.Open();
        var versions = await db.TemplateVersions.AsNoTracking().ToListAsync(Cancellation);
        Assert.Equal([StepJson.Write(AllKinds), StepJson.Write(AllKinds)], versions.Select(v => StepJson.Write(v.Fields[1].Steps)));
        Assert.NotNull(copy.Version);
    }

    [Fact]
    public async Task Open_VersionFromBeforeThereWereSteps_HasNone()
    {
        await using var database = await TestDatabase.CreateAsync();
        await new HandMadeBatch().Row(["a", "b", "c"]).SaveAsync(database.Database);
        await using var db = database.Open();
        const string fields = """[{"Key":"a","Label":"A","Type":"Text","Description":"","Example":"","Required":false,"Choices":[]}]""";
        await db.Database.ExecuteSqlAsync($"UPDATE TemplateVersions SET Fields = {fields}", Cancellation);
        Assert.Empty((await db.TemplateVersions.AsNoTracking().SingleAsync(Cancellation)).Fields[0].Steps);
    }

    [Fact]
    public void Compare_OfChangedSteps_ShowsThem()
    {
        var before = WithSteps().ToVersion(1, "", default);
        var draft = WithSteps();
        draft.Fields[0].Steps = [new TidyStep(Tidying.Trim)];
        var change = Assert.Single(DiffVersions.Compare(before, draft.ToVersion(2, "", default)).Fields, f => f.Kind == DiffKind.Changed);
        Assert.Equal(("Rules", "", """{"step":"tidy","way":"trim"}"""), (change.Properties[0].Name, change.Properties[0].Before, change.Properties[0].After));
    }

    [Fact]
    public void Render_ComputedField_IsNotAskedFor() =>
        Assert.DoesNotContain("sum", PromptRenderer.Render(WithSteps().ToVersion(1, "", default)), StringComparison.Ordinal);

    [Fact]
    public async Task Answers_ForTrying_AreTheNewestReadings()
    {
        await using var database = await TestDatabase.CreateAsync();
        var hand = new HandMadeBatch();
        for (var i = 0; i < 25; i++) hand.Row([$"shop {i}", null, "1"]);
        await hand.With(r => (r.Cells[0].IsRuled, r.Cells[0].Raw, r.Cells[0].Value) = (true, "as read", "ruled")).SaveAsync(database.Database);
        await using var db = database.Open();
        var key = (await db.Templates.SingleAsync(Cancellation)).Key;
        var answers = await new ReadAnswers(database.Database).HandleAsync(key, "company", Cancellation);
        Assert.Equal((20, "as read", "shop 23"), (answers.Count, answers[0]["company"], answers[1]["company"]));
        Assert.Empty(await new ReadAnswers(database.Database).HandleAsync(key, "date", Cancellation));
    }

    [Theory]
    [InlineData("北京\tBeijing\r\n上海\tShanghai", "北京=Beijing|上海=Shanghai")]
    [InlineData("a,b\n\n c ; d ", "a=b|c=d")]
    [InlineData("a → b, c", "a=b, c")]
    [InlineData("\"x, \"\"y\"\"\",\"z\"", "x, \"y\"=z")]
    [InlineData("alone", "alone=")]
    [InlineData("\"open", "\"open=")]
    public void Table_AsPasted_BecomesLines(string text, string expected) =>
        Assert.Equal(expected, string.Join('|', TableText.Read(text).Select(e => $"{e.From}={e.To}")));

    [Fact]
    public void Table_OfAMegabyte_IsReadUpToOneLineTooMany() =>
        Assert.Equal(StepRules.MaxEntries + 1, TableText.Read(string.Join('\n', Enumerable.Range(0, 100_000).Select(i => $"{i},{i}"))).Count);

    private static TemplateDraft WithSteps()
    {
        var draft = Drafts.Ticket("from", "to", "sum");
        draft.Fields[1].Type = FieldType.Id;
        draft.Fields[1].Steps = AllKinds;
        draft.Fields[2].Steps = [new ComputeStep("{from} & {to}")];
        return draft;
    }
}
