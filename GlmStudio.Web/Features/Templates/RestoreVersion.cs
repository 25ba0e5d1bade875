using GlmStudio.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Web.Features.Templates;

/// <summary>Makes the content of an older version the newest one; the versions between stay.</summary>
public sealed class RestoreVersion(IDbContextFactory<StudioDbContext> database, SaveVersion save)
{
    public async Task<SavedTemplate> HandleAsync(string key, int number, CancellationToken cancellation = default)
    {
        await using var db = database.CreateDbContext();
        var versions = await db.TemplateVersions.AsNoTracking().Include(v => v.Template).Where(v => v.Template!.Key == key).ToListAsync(cancellation);
        if (versions.Find(v => v.Number == number) is not { } old)
            return SavedTemplate.Refused(new TemplateProblem("", "There is no version {0} of the template \"{1}\".", number, key));
        return await save.HandleAsync(TemplateDraft.Of(old.Template!, old), versions.Max(v => v.Number), $"Restored version {number}", cancellation);
    }
}
