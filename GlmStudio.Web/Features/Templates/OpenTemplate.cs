using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Web.Features.Templates;

/// <summary>A template with the list of its versions, as its pages show them.</summary>
public sealed class OpenTemplate(IDbContextFactory<StudioDbContext> database)
{
    /// <returns>Null where there is no such template.</returns>
    public async Task<OpenedTemplate?> HandleAsync(string key, CancellationToken cancellation = default)
    {
        await using var db = database.CreateDbContext();
        var template = await db.Templates.AsNoTracking().Include(t => t.Versions).SingleOrDefaultAsync(t => t.Key == key, cancellation);
        return template is null ? null : new OpenedTemplate(template, [.. template.Versions.OrderByDescending(v => v.Number)]);
    }
}

/// <summary>A template and its versions, the newest first; there is always one.</summary>
public sealed record OpenedTemplate(Template Template, IReadOnlyList<TemplateVersion> Versions)
{
    public TemplateVersion Newest => Versions[0];

    public TemplateVersion? Find(int number) => Versions.FirstOrDefault(v => v.Number == number);
}
