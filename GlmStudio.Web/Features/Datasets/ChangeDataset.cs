using GlmStudio.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Web.Features.Datasets;

/// <summary>Renames a dataset, or puts it away and brings it back. What it holds stays.</summary>
public sealed class ChangeDataset(IDbContextFactory<StudioDbContext> databases, ChangeFeed changes, TimeProvider time)
{
    /// <summary>Gives it another name and description; says why not, or null.</summary>
    public async Task<string?> RenameAsync(int id, string name, string description, CancellationToken cancellation)
    {
        name = name.Trim();
        if (DatasetNames.Problem(name) is { } problem) return problem;
        await using var db = databases.CreateDbContext();
        if (await db.Datasets.AnyAsync(d => d.Name == name && d.Id != id, cancellation))
            return $"There is a dataset called \"{name}\" already. Choose another name.";
        await db.Datasets.Where(d => d.Id == id)
            .ExecuteUpdateAsync(d => d.SetProperty(x => x.Name, name).SetProperty(x => x.Description, description.Trim()), cancellation);
        changes.Raise("dataset", id);
        return null;
    }

    /// <summary>Hides it from lists and choices, or shows it again.</summary>
    public async Task ArchiveAsync(int id, bool isArchived, CancellationToken cancellation)
    {
        await using var db = databases.CreateDbContext();
        DateTime? at = isArchived ? time.GetUtcNow().UtcDateTime : null;
        await db.Datasets.Where(d => d.Id == id).ExecuteUpdateAsync(d => d.SetProperty(x => x.ArchivedAt, at), cancellation);
        changes.Raise("dataset", id);
    }
}
