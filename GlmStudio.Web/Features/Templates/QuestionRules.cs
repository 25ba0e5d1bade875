using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Domain.Rules;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Web.Features.Templates;

/// <summary>The table of question rules: read and changed as a whole, because the order of the rules is part of their meaning.</summary>
public sealed class QuestionRules(IDbContextFactory<StudioDbContext> databases, TimeProvider time)
{
    public const int Most = 200;

    public async Task<IReadOnlyList<QuestionRule>> ListAsync(CancellationToken cancellation = default)
    {
        await using var db = databases.CreateDbContext();
        return await db.QuestionRules.AsNoTracking().OrderBy(r => r.Ordinal).ThenBy(r => r.Id).ToListAsync(cancellation);
    }

    /// <summary>The templates that a rule can name, with the fields of their newest versions.</summary>
    public async Task<IReadOnlyList<RuleTarget>> TargetsAsync(CancellationToken cancellation = default)
    {
        await using var db = databases.CreateDbContext();
        var templates = await db.Templates.AsNoTracking().Include(t => t.Versions).Where(t => t.ArchivedAt == null).OrderBy(t => t.Name).ToListAsync(cancellation);
        return [.. templates.Where(t => t.Versions.Count > 0).Select(t => new RuleTarget(t.Id, t.Name, t.Versions.MaxBy(v => v.Number)!.Fields))];
    }

    /// <summary>Puts these rules, in this order, in the place of all there are.</summary>
    /// <returns>What is wrong, with the rule's place in the list; empty where they were saved.</returns>
    public async Task<IReadOnlyList<TemplateProblem>> SaveAsync(IReadOnlyList<QuestionRule> rules, CancellationToken cancellation = default)
    {
        var problems = await CheckAsync(rules, cancellation);
        if (problems.Count > 0) return problems;
        await using var db = databases.CreateDbContext();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.QuestionRules.ExecuteDeleteAsync(cancellation);
        var now = time.GetUtcNow().UtcDateTime;
        db.QuestionRules.AddRange(rules.Select((r, i) => new QuestionRule
        {
            Ordinal = i, Words = r.Words.ReplaceLineEndings("\n").Trim(), IsPattern = r.IsPattern, TemplateId = r.TemplateId, FieldKeys = [.. r.FieldKeys],
            CreatedAt = r.CreatedAt == default ? now : r.CreatedAt,
        }));
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return [];
    }

    private async Task<List<TemplateProblem>> CheckAsync(IReadOnlyList<QuestionRule> rules, CancellationToken cancellation)
    {
        if (rules.Count > Most) return [new("rules", "{0} rules are too many; the limit is {1}.", rules.Count, Most)];
        var targets = (await TargetsAsync(cancellation)).ToDictionary(t => t.TemplateId);
        var problems = new List<TemplateProblem>();
        foreach (var (i, rule) in rules.Index())
        {
            if (QuestionMatch.Problem(rule.Words, rule.IsPattern) is { } problem) problems.Add(new($"rules[{i}].words", problem));
            if (!targets.TryGetValue(rule.TemplateId, out var target)) problems.Add(new($"rules[{i}].template", "Choose a template."));
            else foreach (var key in rule.FieldKeys.Where(k => target.Fields.All(f => f.Key != k)))
                problems.Add(new($"rules[{i}].fields", "The template has no field with the key \"{0}\".", key));
        }
        return problems;
    }
}

/// <summary>A template that a question can be sent to.</summary>
public sealed record RuleTarget(int TemplateId, string Name, IReadOnlyList<Field> Fields);
