using GlmStudio.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Web.Features.Templates;

/// <summary>Hides a template from lists, or shows it again. Batches that used it keep working.</summary>
public sealed class ArchiveTemplate(IDbContextFactory<StudioDbContext> database, TimeProvider time, ChangeFeed changes)
{
    /// <returns>False where there is no such template.</returns>
    public async Task<bool> HandleAsync(string key, bool archive = true, CancellationToken cancellation = default)
    {
        await using var db = database.CreateDbContext();
        var template = await db.Templates.SingleOrDefaultAsync(t => t.Key == key, cancellation);
        if (template is null) return false;
        template.ArchivedAt = archive ? template.ArchivedAt ?? time.GetUtcNow().UtcDateTime : null;
        await db.SaveChangesAsync(cancellation);
        changes.Raise("template", template.Id);
        return true;
    }
}
