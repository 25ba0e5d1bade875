using System.Net.Http.Json;
using System.Text.Json;
using GlmStudio.Engine;
using GlmStudio.Tests.Support;
using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Domain.Rules;
using GlmStudio.Web.Features.Templates;

namespace GlmStudio.Tests.Web.Features.Templates;

public sealed class QuestionRulesTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("查代码\n编号是多少", false, "请帮我 查 代码", true)]
    [InlineData("查代码\n编号是多少", false, "编号是多少？", true)]
    [InlineData("Which CODE", false, "ｗｈｉｃｈ  code is it?", true)]
    [InlineData("查代码", false, "查日期", false)]
    [InlineData("^code [0-9]+", true, "code 12?", true)]
    [InlineData("^code [0-9]+", true, "a code 12", false)]
    public void Fits_WordsOrPattern_AsWritten(string words, bool isPattern, string question, bool fits) =>
        Assert.Equal(fits, QuestionMatch.Fits(new QuestionRule { Words = words, IsPattern = isPattern }, question));

    [Theory]
    [InlineData("", false, "rules[0].words")]
    [InlineData("a", false, "rules[0].words")]
    [InlineData("(a", true, "rules[0].words")]
    public async Task Save_RuleThatIsWrong_IsRefusedWithItsPlace(string words, bool isPattern, string place)
    {
        await using var database = await TestDatabase.CreateAsync();
        var rules = new QuestionRules(database.Database, TimeProvider.System);
        var problems = await rules.SaveAsync([new QuestionRule { Words = words, IsPattern = isPattern, TemplateId = 99 }], Cancellation);
        Assert.Equal([place, "rules[0].template"], problems.Select(p => p.Place));
        Assert.Empty(await rules.ListAsync(Cancellation));
    }

    [Fact]
    public async Task Save_UnknownField_IsRefused()
    {
        await using var database = await TestDatabase.CreateAsync();
        var id = await CreateAsync(database.Database);
        var problems = await new QuestionRules(database.Database, TimeProvider.System).SaveAsync([new QuestionRule { Words = "查代码", TemplateId = id, FieldKeys = ["nothing"] }], Cancellation);
        Assert.Equal("rules[0].fields: The template has no field with the key \"nothing\".", Assert.Single(problems).ToString());
    }

    [Fact]
    public async Task Find_SeveralThatFit_TakesTheFirstWithWhatItsFieldsNeed()
    {
        await using var database = await TestDatabase.CreateAsync();
        var id = await CreateAsync(database.Database);
        await new QuestionRules(database.Database, TimeProvider.System).SaveAsync(
            [new QuestionRule { Words = "nothing like it", TemplateId = id }, new QuestionRule { Words = "double", TemplateId = id, FieldKeys = ["double"] }, new QuestionRule { Words = "double", TemplateId = id }], Cancellation);
        var found = await new QuestionBook(database.Database).FindAsync("Please DOUBLE it", Cancellation);
        Assert.Equal(("double → Slip", "double", "total"), (found!.Name, Assert.Single(found.Keys), Assert.Single(found.Version.ToAsked()).Key));
    }

    [Fact]
    public void Of_VersionWithAForm_AsksAndReadsTheForm()
    {
        var version = new TemplateVersion { Number = 1, Shape = AnswerShape.FillIn, Fields = [new Field { Key = "total", Label = "合计" }, new Field { Key = "date", Label = "日期" }] };
        var rule = RuledQuestion.Of(new QuestionRule { Words = "all of it" }, version);
        Assert.Equal(PromptRenderer.Render(version), rule.Prompt);
        Assert.Equal(["12.50", "2026-03-01"], rule.Read("【合计】：12.50\n【日期】：2026-03-01").Select(v => v.Value));
    }

    [Fact]
    public async Task Chat_RuleOfATemplateWithAForm_HoldsTheModelToTheForm()
    {
        AnswerForm? form = null;
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(new FakeEngine(request =>
        {
            form = request.Form;
            return "【合计】：12.50";
        })));
        var id = await CreateAsync(studio.Get<StudioDatabase>(), AnswerShape.FillIn);
        await studio.Get<QuestionRules>().SaveAsync([new QuestionRule { Words = "总额", TemplateId = id, FieldKeys = ["total"] }], Cancellation);
        using var response = await studio.Http.PostAsJsonAsync("/v1/chat", new { question = "总额" }, Cancellation);
        Assert.Equal("""{"total":"12.50"}""", (await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("answer").GetString());
        Assert.Equal(AnswerShape.FillIn, form!.Fields!.Layout.Shape);
    }

    [Theory]
    [InlineData("查代码", """{"code":"20260312AB"}""")]
    [InlineData("查日期", "echo: 查日期")]
    public async Task Chat_QuestionWithARule_IsAnsweredAsItsFields(string question, string expected)
    {
        var engine = new FakeEngine(request => request.Fields is { } fields ? JsonSerializer.Serialize(fields.ToDictionary(f => f.Key, _ => "No. 20260312AB")) : $"echo: {request.Prompt}");
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(engine));
        var id = await CreateAsync(studio.Get<StudioDatabase>());
        Assert.Empty(await studio.Get<QuestionRules>().SaveAsync([new QuestionRule { Words = "查代码", TemplateId = id, FieldKeys = ["code"] }], Cancellation));
        using var response = await studio.Http.PostAsJsonAsync("/v1/chat", new { question }, Cancellation);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        Assert.Equal(expected, answer.GetProperty("answer").GetString());
        Assert.Equal(question == "查代码", answer.TryGetProperty("rule", out var rule) && rule.GetString() == "查代码 → Slip");

        using var streamed = await studio.Http.PostAsJsonAsync("/v1/chat", new { question, stream = true }, Cancellation);
        Assert.Contains(question == "查代码" ? "20260312AB" : "echo: ", await streamed.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chat_ValueThatFailsACheck_CarriesTheMessage()
    {
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(new FakeEngine(_ => """{"code":"7"}""")));
        var id = await CreateAsync(studio.Get<StudioDatabase>());
        await studio.Get<QuestionRules>().SaveAsync([new QuestionRule { Words = "查代码", TemplateId = id, FieldKeys = ["code"] }], Cancellation);
        using var response = await studio.Http.PostAsJsonAsync("/v1/chat", new { question = "查代码" }, Cancellation);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        Assert.Equal("8 digits and 2 letters.", answer.GetProperty("messages").GetProperty("code").GetString());
    }

    [Fact]
    public async Task Chat_TemplateByItsKey_IsAskedUnderItsRules()
    {
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(new FakeEngine(_ => """{"code":"No. 20260312AB","total":"4"}""")));
        await CreateAsync(studio.Get<StudioDatabase>());
        using var response = await studio.Http.PostAsJsonAsync("/v1/chat", new { template = "slip" }, Cancellation);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        Assert.Equal(("""{"code":"20260312AB","total":"4","double":"8"}""", "Slip · 1"), (answer.GetProperty("answer").GetString(), answer.GetProperty("rule").GetString()));
    }

    [Theory]
    [InlineData("absent", null, "There is no template with the key \"absent\"")]
    [InlineData("slip", "How much?", "There is a question beside the template.")]
    public async Task Chat_TemplateThatCannotBeAsked_SaysWhy(string template, string? question, string expected)
    {
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(new FakeEngine()));
        await CreateAsync(studio.Get<StudioDatabase>());
        using var response = await studio.Http.PostAsJsonAsync("/v1/chat", new { template, question }, Cancellation);
        Assert.Equal(System.Net.HttpStatusCode.BadRequest, response.StatusCode);
        Assert.StartsWith(expected, (await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    private static async Task<int> CreateAsync(StudioDatabase database, AnswerShape shape = AnswerShape.Json)
    {
        await using var db = database.CreateDbContext();
        var template = new Template { Key = "slip", Name = "Slip" };
        db.Add(new TemplateVersion
        {
            Template = template, Number = 1, Shape = shape,
            Fields =
            [
                new Field { Key = "code", Label = "代码", Type = FieldType.Id, Steps = [new PatternStep("[0-9]{8}[A-Z]{2}"), new MatchCheck("[0-9]{8}[A-Z]{2}") { Message = "8 digits and 2 letters." }] },
                new Field { Key = "total", Label = "合计", Type = FieldType.Money },
                new Field { Key = "double", Label = "Double", Steps = [new ComputeStep("{total} * 2")] },
            ],
        });
        await db.SaveChangesAsync(Cancellation);
        return template.Id;
    }
}
