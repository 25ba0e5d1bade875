using GlmStudio.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Web.Features.Templates;

/// <summary>Gives a template as one JSON file (<see cref="TemplateJson"/>).</summary>
public sealed class ExportTemplate(IDbContextFactory<StudioDbContext> database)
{
    /// <param name="key">The template.</param>
    /// <param name="number">A version, or null for the newest.</param>
    /// <param name="cancellation">Stops the query.</param>
    /// <returns>The file's bytes, or null where there is no such template or version.</returns>
    public async Task<byte[]?> HandleAsync(string key, int? number = null, CancellationToken cancellation = default) =>
        await DraftAsync(key, number, cancellation) is { } draft ? TemplateJson.Write(draft) : null;

    internal async Task<TemplateDraft?> DraftAsync(string key, int? number, CancellationToken cancellation)
    {
        await using var db = database.CreateDbContext();
        var version = await db.TemplateVersions.AsNoTracking().Include(v => v.Template)
            .Where(v => v.Template!.Key == key && (number == null || v.Number == number))
            .OrderByDescending(v => v.Number).FirstOrDefaultAsync(cancellation);
        return version is null ? null : TemplateDraft.Of(version.Template!, version);
    }
}
