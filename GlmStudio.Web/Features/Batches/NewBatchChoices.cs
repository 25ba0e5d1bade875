using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Engines;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Web.Features.Batches;

/// <summary>What a new batch can be made of, and how long it will take by what was measured before.</summary>
public sealed class NewBatchChoices(IDbContextFactory<StudioDbContext> databases, EngineCatalog engines, EngineRoutes routes)
{
    public async Task<IReadOnlyList<DatasetChoice>> DatasetsAsync(CancellationToken cancellation)
    {
        await using var db = databases.CreateDbContext();
        return await db.Datasets.Where(d => d.ArchivedAt == null).OrderByDescending(d => d.Id).Select(d => new DatasetChoice(d.Id, d.Name,
            db.Images.Count(i => i.DatasetId == d.Id), db.Images.Count(i => i.DatasetId == d.Id && i.Problem != null),
            d.LabelSets.OrderByDescending(s => s.Id).Select(s => new LabelSetChoice(s.Id, s.Name)).ToList())).ToListAsync(cancellation);
    }

    public async Task<IReadOnlyList<TemplateChoice>> TemplatesAsync(CancellationToken cancellation)
    {
        await using var db = databases.CreateDbContext();
        return await db.Templates.Where(t => t.ArchivedAt == null && t.Versions.Count > 0).OrderBy(t => t.Name).Select(t => new TemplateChoice(t.Id, t.Key, t.Name,
            t.Versions.OrderByDescending(v => v.Number).Select(v => new VersionChoice(v.Id, v.Number, v.Note)).ToList())).ToListAsync(cancellation);
    }

    /// <summary>The engines of this node, the default first, then what only other nodes have: a batch goes to them by itself.</summary>
    public async Task<IReadOnlyList<EngineChoice>> EnginesAsync(CancellationToken cancellation) =>
        [.. engines.List().Select(e => new EngineChoice(e.Name, e.Description, [])),
            .. (await routes.ElsewhereAsync(cancellation)).OrderBy(e => e.Key, StringComparer.OrdinalIgnoreCase)
                .Select(e => new EngineChoice(e.Key, null, [.. e.Distinct().Order(StringComparer.Ordinal)]))];

    /// <summary>Whether a batch's template has another version under which it could run again.</summary>
    public async Task<bool> HasOtherVersionAsync(int batchId, CancellationToken cancellation)
    {
        await using var db = databases.CreateDbContext();
        return await db.Batches.AnyAsync(b => b.Id == batchId && b.TemplateVersion!.Template!.Versions.Count > 1, cancellation);
    }

    /// <summary>Seconds an image over the last finished batches of this engine, those with the same template first; null where none was run.</summary>
    public async Task<double?> SecondsAnImageAsync(string engine, int? templateVersionId, CancellationToken cancellation)
    {
        const int lastBatches = 5;
        await using var db = databases.CreateDbContext();
        var finished = await db.Batches.Where(b => b.Engine == engine && b.Status == BatchStatus.Finished && b.ActiveSeconds > 0)
            .OrderByDescending(b => b.TemplateVersionId == templateVersionId ? 1 : 0).ThenByDescending(b => b.Id).Take(lastBatches)
            .Select(b => new { b.ActiveSeconds, b.TemplateVersionId, Asked = db.Rows.Count(r => r.BatchId == b.Id && r.Attempts > 0 && r.ReusedFromRowId == null) }).ToListAsync(cancellation);
        var alike = finished.Where(b => b.TemplateVersionId == templateVersionId).ToList() is { Count: > 0 } same ? same : finished;
        return alike.Sum(b => b.Asked) is > 0 and var asked ? alike.Sum(b => b.ActiveSeconds) / asked : null;
    }
}

public sealed record DatasetChoice(int Id, string Name, int Pictures, int Unreadable, IReadOnlyList<LabelSetChoice> LabelSets);
public sealed record LabelSetChoice(int Id, string Name);

/// <summary>An engine that can be asked.</summary>
/// <param name="Name">What it is asked by.</param>
/// <param name="Description">What it is; null where only other nodes know.</param>
/// <param name="Nodes">The nodes that have it, where this one has not.</param>
public sealed record EngineChoice(string Name, string? Description, IReadOnlyList<string> Nodes)
{
    public string Title => Nodes.Count == 0 ? Name : $"{Name} · {string.Join(", ", Nodes)}";
}

public sealed record TemplateChoice(int Id, string Key, string Name, IReadOnlyList<VersionChoice> Versions);

public sealed record VersionChoice(int Id, int Number, string Note)
{
    public string Title => Note.Length == 0 ? $"v{Number}" : $"v{Number} · {Note}";
}
