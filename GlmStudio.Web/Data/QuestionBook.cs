using GlmStudio.Engine;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Domain.Answers;
using GlmStudio.Web.Domain.Rules;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Web.Data;

/// <summary>Finds the rule that answers a free question, or a template by its key, for the playground and the API.</summary>
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

    /// <summary>The newest version of a template as a question; null where there is none with this key, or it is archived.</summary>
    public async Task<RuledQuestion?> TemplateAsync(string key, CancellationToken cancellation)
    {
        await using var db = databases.CreateDbContext();
        var version = await db.TemplateVersions.AsNoTracking().Include(v => v.Template).Where(v => v.Template!.Key == key && v.Template.ArchivedAt == null)
            .OrderByDescending(v => v.Number).FirstOrDefaultAsync(cancellation);
        return version is null ? null : new RuledQuestion($"{version.Template!.Name} · {version.Number}", version, [.. version.Fields.Select(f => f.Key)]);
    }
}

/// <summary>A question as a rule, or a template, asks it.</summary>
/// <param name="Name">The rule in short, for people: its words and its template; or the template with its version.</param>
/// <param name="Version">What is asked.</param>
/// <param name="Keys">The fields that the answer has; the others are read only because these need them.</param>
public sealed record RuledQuestion(string Name, TemplateVersion Version, IReadOnlyList<string> Keys)
{
    /// <summary>What the model's answer must be.</summary>
    public AnswerForm Form => AnswerForm.OfFields(Version.ToAsked(), Layout);

    /// <summary>What a model is sent.</summary>
    public string Prompt => PromptRenderer.Render(Version);

    private AnswerLayout Layout => PromptRenderer.LayoutOf(Version);

    public static RuledQuestion Of(QuestionRule rule, TemplateVersion version)
    {
        var known = version.Fields.Select(f => f.Key).ToHashSet(StringComparer.Ordinal);
        // A later version may have lost a field; without any left the whole template is asked.
        List<string> keys = [.. rule.FieldKeys.Where(known.Contains)];
        if (keys.Count == 0) keys = [.. version.Fields.Select(f => f.Key)];
        var needed = StepRules.Needed(version.Fields, keys);
        var words = rule.Words.Split('\n')[0].Trim();
        return new RuledQuestion($"{(words.Length <= 60 ? words : words[..60] + "…")} → {version.Template?.Name}", version.With(version.Fields.Where(f => needed.Contains(f.Key))), keys);
    }

    /// <summary>The engine's text → the values under the template's rules.</summary>
    public IReadOnlyList<RuledValue> Read(string answer) =>
        [.. FieldRules.Of(Version.Fields).Run(AnswerParser.Parse(answer, [.. Version.ReadFields], Layout)).Where(v => Keys.Contains(v.Key))];
}
