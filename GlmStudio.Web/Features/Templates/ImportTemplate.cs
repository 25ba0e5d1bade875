using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Web.Features.Templates;

/// <summary>Takes a template from one JSON file (<see cref="TemplateJson"/>): a new template, or the next version of the one with its key.</summary>
public sealed class ImportTemplate(IDbContextFactory<StudioDbContext> database, CreateTemplate create, SaveVersion save, ArchiveTemplate archive)
{
    /// <param name="file">Untrusted bytes; reading stops at <see cref="TemplateJson.MaxBytes"/>.</param>
    /// <param name="source">Where it came from, for the version's note: a file name.</param>
    /// <param name="cancellation">Stops before saving.</param>
    public async Task<SavedTemplate> HandleAsync(Stream file, string source, CancellationToken cancellation = default)
    {
        var bytes = new byte[TemplateJson.MaxBytes + 1];
        var length = await file.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellation);
        var (draft, problems) = TemplateJson.Read(bytes.AsSpan(0, length));
        if (draft is null) return SavedTemplate.Refused(problems);

        var note = $"Imported from {(source.Length > 200 ? source[..200] : source)}";
        if (await NewestAsync(draft.Key, cancellation) is not { } newest) return await create.HandleAsync(draft, note, cancellation);
        var saved = await save.HandleAsync(draft, newest.Number, note, cancellation);
        if (saved.Version is not null && newest.Template!.ArchivedAt is not null) await archive.HandleAsync(draft.Key, archive: false, cancellation);
        return saved;
    }

    private async Task<TemplateVersion?> NewestAsync(string key, CancellationToken cancellation)
    {
        await using var db = database.CreateDbContext();
        return await db.TemplateVersions.AsNoTracking().Include(v => v.Template).Where(v => v.Template!.Key == key)
            .OrderByDescending(v => v.Number).FirstOrDefaultAsync(cancellation);
    }
}
