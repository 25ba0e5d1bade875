using GlmStudio.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Web.Features.Templates;

/// <summary>Puts library templates into the database that are not there yet; never touches one that is, archived ones included.</summary>
public sealed class InstallLibrary(IDbContextFactory<StudioDbContext> database, CreateTemplate create)
{
    /// <param name="cancellation">Stops between two templates.</param>
    /// <returns>The keys that were added.</returns>
    public async Task<IReadOnlyList<string>> HandleAsync(CancellationToken cancellation = default)
    {
        List<string> there;
        await using (var db = database.CreateDbContext()) there = await db.Templates.Select(t => t.Key).ToListAsync(cancellation);
        var added = new List<string>();
        foreach (var draft in TemplateLibrary.All.Where(d => !there.Contains(d.Key)))
            if (await InstallAsync(draft, cancellation) is { Version: not null }) added.Add(draft.Key);
        return added;
    }

    /// <summary>Adds one library template.</summary>
    public Task<SavedTemplate> InstallAsync(TemplateDraft draft, CancellationToken cancellation = default) =>
        create.HandleAsync(draft, "From the library", cancellation);
}
