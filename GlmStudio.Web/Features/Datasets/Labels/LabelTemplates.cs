using GlmStudio.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Web.Features.Datasets.Labels;

/// <summary>The templates whose fields a label sheet may be for, each in its newest version.</summary>
public sealed class LabelTemplates(IDbContextFactory<StudioDbContext> databases)
{
    public async Task<List<LabelTemplate>> ListAsync(CancellationToken cancellation)
    {
        await using var db = databases.CreateDbContext();
        var versions = await db.TemplateVersions.AsNoTracking().Include(v => v.Template)
            .Where(v => v.Template!.ArchivedAt == null && !db.TemplateVersions.Any(n => n.TemplateId == v.TemplateId && n.Number > v.Number)).ToListAsync(cancellation);
        return [.. versions.Select(v => new LabelTemplate(v.Template!.Key, v.Template.Name, [.. v.Fields.Select(f => (f.Key, f.Label))])).OrderBy(t => t.Name, StringComparer.CurrentCulture)];
    }
}

/// <summary>A template's key, name and fields as (key, label).</summary>
public sealed record LabelTemplate(string Key, string Name, IReadOnlyList<(string Key, string Label)> Fields);
