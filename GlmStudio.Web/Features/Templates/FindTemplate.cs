using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Web.Features.Templates;

/// <summary>The newest version of a template that a person names by key, or gives as a JSON file.</summary>
public sealed class FindTemplate(IDbContextFactory<StudioDbContext> database, InstallLibrary library, ImportTemplate import)
{
    /// <summary>Looks among the saved templates, then in the library (which adds it), then for a file (which imports it).</summary>
    public async Task<FoundTemplate> HandleAsync(string nameOrFile, CancellationToken cancellation = default)
    {
        var name = nameOrFile.Trim();
        var isPath = name.EndsWith(".json", StringComparison.OrdinalIgnoreCase) || name.IndexOfAny(['/', '\\']) >= 0;
        if (isPath) return await FromFileAsync(name, cancellation);
        if (await SavedAsync(name, cancellation) is { } version) return new FoundTemplate(version, null);
        if (TemplateLibrary.Find(name) is { } draft) return From(await library.InstallAsync(draft, cancellation), name);
        return File.Exists(name) ? await FromFileAsync(name, cancellation) : new FoundTemplate(null, await UnknownAsync(name, cancellation));
    }

    private async Task<TemplateVersion?> SavedAsync(string key, CancellationToken cancellation)
    {
        await using var db = database.CreateDbContext();
        return await db.TemplateVersions.AsNoTracking().Include(v => v.Template).Where(v => v.Template!.Key == key)
            .OrderByDescending(v => v.Number).FirstOrDefaultAsync(cancellation);
    }

    private async Task<FoundTemplate> FromFileAsync(string path, CancellationToken cancellation)
    {
        try
        {
            await using var file = File.OpenRead(path);
            return From(await import.HandleAsync(file, Path.GetFileName(path), cancellation), path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return new FoundTemplate(null, $"The template file \"{path}\" cannot be read: {fault.Message}");
        }
    }

    private static FoundTemplate From(SavedTemplate saved, string name) =>
        saved.Version is { } version ? new FoundTemplate(version, null) : new FoundTemplate(null, $"The template \"{name}\" cannot be used.\n{saved.Message}");

    private async Task<string> UnknownAsync(string name, CancellationToken cancellation)
    {
        await using var db = database.CreateDbContext();
        var keys = await db.Templates.Where(t => t.ArchivedAt == null).Select(t => t.Key).ToListAsync(cancellation);
        var known = keys.Union(TemplateLibrary.All.Select(d => d.Key)).Order(StringComparer.Ordinal);
        return $"There is no template \"{name}\". Known: {string.Join(", ", known)}; or give a JSON file.";
    }
}

/// <summary>A version with its <see cref="TemplateVersion.Template"/>, or the reason why not, for people.</summary>
public sealed record FoundTemplate(TemplateVersion? Version, string? Message);
