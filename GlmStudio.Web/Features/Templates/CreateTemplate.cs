using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Web.Features.Templates;

/// <summary>Makes a template with its first version.</summary>
public sealed class CreateTemplate(IDbContextFactory<StudioDbContext> database, TimeProvider time, ChangeFeed changes)
{
    public async Task<SavedTemplate> HandleAsync(TemplateDraft draft, string note, CancellationToken cancellation = default)
    {
        draft = draft.Clean();
        var problems = TemplateRules.Check(draft).ToList();
        TemplateRules.CheckText("note", note, TemplateRules.MaxNote, problems);
        if (problems.Count > 0) return SavedTemplate.Refused(problems);

        await using var db = database.CreateDbContext();
        if (await db.Templates.AnyAsync(t => t.Key == draft.Key, cancellation)) return Taken(draft.Key);
        var now = time.GetUtcNow().UtcDateTime;
        var version = draft.ToVersion(1, note, now);
        var template = new Template { Key = draft.Key, Name = draft.Name, Description = draft.Description, CreatedAt = now, Versions = [version] };
        db.Templates.Add(template);
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException)
        {
            await using var fresh = database.CreateDbContext();
            if (await fresh.Templates.AnyAsync(t => t.Key == draft.Key, cancellation)) return Taken(draft.Key);
            throw;
        }
        changes.Raise("template", template.Id);
        return new SavedTemplate(version, true, []);
    }

    private static SavedTemplate Taken(string key) => SavedTemplate.Refused(new TemplateProblem("key", "There is already a template \"{0}\" (perhaps archived); choose another key.", key));
}
