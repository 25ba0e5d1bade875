using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Web.Features.Templates;

/// <summary>The newest real answers to a template, for trying steps on: what the engine read, before any rule.</summary>
public sealed class ReadAnswers(IDbContextFactory<StudioDbContext> databases)
{
    public const int Most = 20;

    /// <param name="templateKey">The template.</param>
    /// <param name="fieldKey">Only answers with a value of this field; null: any, for a computed field.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <returns>Readings by field key, the newest row first.</returns>
    public async Task<IReadOnlyList<IReadOnlyDictionary<string, string?>>> HandleAsync(string templateKey, string? fieldKey, CancellationToken cancellation)
    {
        await using var db = databases.CreateDbContext();
        var rows = await db.Rows.AsNoTracking().Include(r => r.Cells)
            .Where(r => r.Batch!.TemplateVersion!.Template!.Key == templateKey
                && r.Cells.Any(c => fieldKey == null || (c.FieldKey == fieldKey && (c.IsRuled ? c.Raw : c.Value) != null)))
            .OrderByDescending(r => r.Id).Take(Most).ToListAsync(cancellation);
        return [.. rows.Select(r => r.Cells.ToDictionary(c => c.FieldKey, c => c.Read, StringComparer.Ordinal))];
    }
}
