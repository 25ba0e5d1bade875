using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Web.Features.Datasets;

/// <summary>A new, empty dataset.</summary>
public sealed class CreateDataset(IDbContextFactory<StudioDbContext> databases, ChangeFeed changes, TimeProvider time)
{
    public const int MaxNameLength = 200;

    /// <summary>Creates a dataset, or says why not.</summary>
    public async Task<CreateDatasetResult> HandleAsync(string name, string description, CancellationToken cancellation)
    {
        name = name.Trim();
        if (DatasetNames.Problem(name) is { } problem) return new CreateDatasetResult(0, problem);
        await using var db = databases.CreateDbContext();
        if (await db.Datasets.AnyAsync(d => d.Name == name, cancellation))
            return new CreateDatasetResult(0, $"There is a dataset called \"{name}\" already. Choose another name.");
        var dataset = new Dataset { Name = name, Description = description.Trim(), CreatedAt = time.GetUtcNow().UtcDateTime };
        db.Datasets.Add(dataset);
        await db.SaveChangesAsync(cancellation);
        changes.Raise("dataset", dataset.Id);
        return new CreateDatasetResult(dataset.Id, null);
    }

    /// <summary>Creates a dataset; where the name is taken, "name (2)", "name (3)" … is.</summary>
    public async Task<Dataset> CreateNumberedAsync(string name, CancellationToken cancellation)
    {
        await using var db = databases.CreateDbContext();
        var taken = await db.Datasets.Where(d => d.Name.StartsWith(name)).Select(d => d.Name).ToListAsync(cancellation);
        var free = Enumerable.Range(1, int.MaxValue).Select(n => n == 1 ? name : $"{name} ({n})").First(n => !taken.Contains(n));
        var dataset = new Dataset { Name = free, CreatedAt = time.GetUtcNow().UtcDateTime };
        db.Datasets.Add(dataset);
        await db.SaveChangesAsync(cancellation);
        changes.Raise("dataset", dataset.Id);
        return dataset;
    }
}

/// <param name="Id">The new dataset, or 0.</param>
/// <param name="Problem">Why none was created, or null.</param>
public sealed record CreateDatasetResult(int Id, string? Problem);

internal static class DatasetNames
{
    public static string? Problem(string name) =>
        name.Length == 0 ? "A dataset needs a name."
        : name.Length > CreateDataset.MaxNameLength ? $"The name is longer than {CreateDataset.MaxNameLength} characters."
        : name.Any(char.IsControl) ? "The name has control characters."
        : null;
}
