using GlmStudio.Engine;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Domain.Answers;
using GlmStudio.Web.Domain.Rules;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Web.Data;

/// <summary>Finds the rule that answers a free question, for the playground and the API.</summary>
public sealed class QuestionBook(IDbContextFactory<StudioDbContext> databases)
{
    /// <summary>The first rule that fits, with what it asks; null where none does.</summary>
    public async Task<RuledQuestion?> FindAsync(string? question, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(question)) return null;
        await using var db = databases.CreateDbContext();
        var rules = await db.QuestionRules.AsNoTracking().Where(r => r.Template!.ArchivedAt == null).OrderBy(r => r.Ordinal).ThenBy(r => r.Id).ToListAsync(cancellation);
        if (rules.Find(r => QuestionMatch.Fits(r, question)) is not { } rule) return null;
        var version = await db.TemplateVersions.AsNoTracking().Include(v => v.Template).Where(v => v.TemplateId == rule.TemplateId)
            .OrderByDescending(v => v.Number).FirstAsync(cancellation);
        return RuledQuestion.Of(rule, version);
    }
}

/// <summary>A free question as a rule asks it.</summary>
/// <param name="Name">The rule in short, for people: its words and its template.</param>
/// <param name="Version">What is asked.</param>
/// <param name="Keys">The fields that the answer has; the others are read only because these need them.</param>
public sealed record RuledQuestion(string Name, TemplateVersion Version, IReadOnlyList<string> Keys)
{
    /// <summary>The fields that the model is asked for.</summary>
    public IReadOnlyList<AskedField> Asked => [.. Version.ReadFields.Select(f => f.ToAsked())];

    /// <summary>What a model is sent.</summary>
    public string Prompt => PromptRenderer.Render(Version);

    public static RuledQuestion Of(QuestionRule rule, TemplateVersion version)
    {
        var known = version.Fields.Select(f => f.Key).ToHashSet(StringComparer.Ordinal);
        // A later version may have lost a field; without any left the whole template is asked.
        List<string> keys = [.. rule.FieldKeys.Where(known.Contains)];
        if (keys.Count == 0) keys = [.. version.Fields.Select(f => f.Key)];
        var needed = StepRules.Needed(version.Fields, keys);
        var words = rule.Words.Split('\n')[0].Trim();
        return new RuledQuestion($"{(words.Length <= 60 ? words : words[..60] + "…")} → {version.Template?.Name}", new TemplateVersion
        {
            Template = version.Template, TemplateId = version.TemplateId, Number = version.Number, Instruction = version.Instruction, Grounding = version.Grounding,
            Fields = [.. version.Fields.Where(f => needed.Contains(f.Key))],
        }, keys);
    }

    /// <summary>The engine's text → the values under the template's rules.</summary>
    public IReadOnlyList<RuledValue> Read(string answer) =>
        [.. FieldRules.Of(Version.Fields).Run(AnswerParser.Parse(answer, [.. Version.ReadFields])).Where(v => Keys.Contains(v.Key))];
}
