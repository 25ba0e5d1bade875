using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Web.Features.Templates;

/// <summary>Saves a draft as the next version of its template. Versions are never changed; unchanged content makes none.</summary>
public sealed class SaveVersion(IDbContextFactory<StudioDbContext> database, TimeProvider time, ChangeFeed changes)
{
    /// <param name="draft">The content; its key names the template.</param>
    /// <param name="basedOn">Number of the version the author started from; a newer one by somebody else refuses the save.</param>
    /// <param name="note">What changed, in the author's words.</param>
    public async Task<SavedTemplate> HandleAsync(TemplateDraft draft, int basedOn, string note, CancellationToken cancellation = default)
    {
        draft = draft.Clean();
        var problems = TemplateRules.Check(draft).ToList();
        TemplateRules.CheckText("note", note, TemplateRules.MaxNote, problems);
        if (problems.Count > 0) return SavedTemplate.Refused(problems);

        await using var db = database.CreateDbContext();
        var template = await db.Templates.SingleOrDefaultAsync(t => t.Key == draft.Key, cancellation);
        if (template is null) return SavedTemplate.Refused(new TemplateProblem("key", "There is no template \"{0}\" any more.", draft.Key));
        var newest = await NewestAsync(db, template, cancellation);
        if (newest.Number != basedOn) return Refused(newest);

        (template.Name, template.Description) = (draft.Name, draft.Description);
        var isNew = !SameContent(newest, draft);
        var version = isNew ? draft.ToVersion(newest.Number + 1, note, time.GetUtcNow().UtcDateTime) : newest;
        if (isNew) template.Versions.Add(version);
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException) when (isNew)
        {
            // The unique index on (template, number) is the judge between two authors in the same moment.
            await using var fresh = database.CreateDbContext();
            if (await NewestAsync(fresh, template, cancellation) is { } other && other.Number > basedOn) return Refused(other);
            throw;
        }
        changes.Raise("template", template.Id);
        return new SavedTemplate(version, isNew, []);
    }

    private static SavedTemplate Refused(TemplateVersion newest) => SavedTemplate.Refused(new TemplateProblem("",
        "Somebody saved version {0} while you were editing. Your edits are still here: look at that version, then save again on top of it.", newest.Number));

    private static async Task<TemplateVersion> NewestAsync(StudioDbContext db, Template template, CancellationToken cancellation) =>
        await db.TemplateVersions.Where(v => v.TemplateId == template.Id).OrderByDescending(v => v.Number).FirstAsync(cancellation);

    /// <summary>Whether instruction, grounding, shape, confirmation and fields are the same; the name and the description belong to the template, not to a version.</summary>
    internal static bool SameContent(TemplateVersion version, TemplateDraft draft)
    {
        var saved = new TemplateDraft { Instruction = version.Instruction, Grounding = version.Grounding, Shape = version.Shape, Confirms = version.Confirms, Fields = version.Fields };
        var now = new TemplateDraft { Instruction = draft.Instruction, Grounding = draft.Grounding, Shape = draft.Shape, Confirms = draft.Confirms, Fields = draft.Fields };
        return TemplateJson.Write(saved).AsSpan().SequenceEqual(TemplateJson.Write(now));
    }
}
