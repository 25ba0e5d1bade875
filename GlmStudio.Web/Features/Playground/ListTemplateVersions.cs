using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Web.Features.Playground;

/// <summary>A version as the choice shows it.</summary>
public sealed record TemplateChoice(int VersionId, string Name, int Number)
{
    public string Text => $"{Name} · {Number}";
}

/// <summary>The template versions that can be tried.</summary>
public sealed class ListTemplateVersions(IDbContextFactory<StudioDbContext> databases)
{
    private const int Most = 500;

    public async Task<IReadOnlyList<TemplateChoice>> HandleAsync(CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await db.TemplateVersions.Where(v => v.Template!.ArchivedAt == null).OrderBy(v => v.Template!.Name).ThenByDescending(v => v.Number).Take(Most)
            .Select(v => new TemplateChoice(v.Id, v.Template!.Name, v.Number)).ToListAsync(cancellation);
    }

    /// <summary>One version with its fields, or null where there is none.</summary>
    public async Task<TemplateVersion?> FindAsync(int versionId, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await db.TemplateVersions.AsNoTracking().Include(v => v.Template).FirstOrDefaultAsync(v => v.Id == versionId, cancellation);
    }
}
