using GlmStudio.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Web.Features.Templates;

/// <summary>The templates as lists show them.</summary>
public sealed class ListTemplates(IDbContextFactory<StudioDbContext> database)
{
    public async Task<IReadOnlyList<TemplateSummary>> HandleAsync(bool archived = false, CancellationToken cancellation = default)
    {
        await using var db = database.CreateDbContext();
        var templates = await db.Templates.AsNoTracking().Where(t => (t.ArchivedAt != null) == archived).OrderBy(t => t.Key).ToListAsync(cancellation);
        var newest = await db.TemplateVersions.AsNoTracking()
            .Where(v => v.Number == db.TemplateVersions.Where(o => o.TemplateId == v.TemplateId).Max(o => o.Number))
            .ToDictionaryAsync(v => v.TemplateId, cancellation);
        return
        [
            .. templates.Where(t => newest.ContainsKey(t.Id)).Select(t => new TemplateSummary(t.Key, t.Name, t.Description,
                newest[t.Id].Number, [.. newest[t.Id].Fields.Select(f => f.Key)], newest[t.Id].CreatedAt, archived)),
        ];
    }
}

/// <summary>One template in a list.</summary>
/// <param name="Key">Its name for programs.</param>
/// <param name="Name">Its name for people.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Versions">Number of the newest version.</param>
/// <param name="Fields">Keys of the newest version's fields, in order.</param>
/// <param name="ChangedAt">When the newest version was saved, UTC.</param>
/// <param name="IsArchived">Hidden from lists.</param>
public sealed record TemplateSummary(string Key, string Name, string Description, int Versions, IReadOnlyList<string> Fields, DateTime ChangedAt, bool IsArchived);
