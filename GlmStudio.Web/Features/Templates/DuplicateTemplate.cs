using GlmStudio.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Web.Features.Templates;

/// <summary>Makes a new template from the newest version of another: <c>receipt</c> → <c>receipt-2</c>, or the next free number.</summary>
public sealed class DuplicateTemplate(IDbContextFactory<StudioDbContext> database, ExportTemplate export, CreateTemplate create)
{
    public async Task<SavedTemplate> HandleAsync(string key, CancellationToken cancellation = default)
    {
        if (await export.DraftAsync(key, null, cancellation) is not { } draft)
            return SavedTemplate.Refused(new TemplateProblem("key", "There is no template \"{0}\" any more.", key));
        var number = await FreeNumberAsync(key, cancellation);
        (draft.Key, draft.Name) = (Numbered(key, number), Shorten(draft.Name, TemplateRules.MaxName - 5) + $" {number}");
        return await create.HandleAsync(draft, $"Copy of {key}", cancellation);
    }

    private async Task<int> FreeNumberAsync(string key, CancellationToken cancellation)
    {
        await using var db = database.CreateDbContext();
        var taken = (await db.Templates.Select(t => t.Key).ToListAsync(cancellation)).ToHashSet(StringComparer.Ordinal);
        return Enumerable.Range(2, taken.Count + 1).First(n => !taken.Contains(Numbered(key, n)));
    }

    private static string Numbered(string key, int number) => $"{Shorten(key, TemplateRules.MaxKey - 6)}-{number}";

    private static string Shorten(string text, int length) => text.Length <= length ? text : text[..length];
}
