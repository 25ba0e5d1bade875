using DiffPlex;
using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;
using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Domain.Rules;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Web.Features.Templates;

/// <summary>What changed between two versions of a template: each field's properties, the instruction line by line, the page's text, the answer's shape, and the confirmation.</summary>
public sealed class DiffVersions(IDbContextFactory<StudioDbContext> database)
{
    /// <returns>Null where the template or one of the versions does not exist.</returns>
    public async Task<VersionDiff?> HandleAsync(string key, int before, int after, CancellationToken cancellation = default)
    {
        await using var db = database.CreateDbContext();
        var versions = await db.TemplateVersions.AsNoTracking().Include(v => v.Template)
            .Where(v => v.Template!.Key == key && (v.Number == before || v.Number == after)).ToListAsync(cancellation);
        var (a, b) = (versions.Find(v => v.Number == before), versions.Find(v => v.Number == after));
        return a is null || b is null ? null : Compare(a, b);
    }

    public static VersionDiff Compare(TemplateVersion before, TemplateVersion after)
    {
        var text = new InlineDiffBuilder(new Differ()).BuildDiffModel(before.Instruction, after.Instruction, ignoreWhitespace: false);
        return new VersionDiff(before, after, [.. text.Lines.Select(l => new DiffLine(Kind(l.Type), l.Text))], CompareFields(before.Fields, after.Fields));
    }

    private static List<FieldChange> CompareFields(List<Field> before, List<Field> after)
    {
        // A field counts as moved only against the fields that both versions have: an insertion above moves nothing.
        var common = before.Select(f => f.Key).Intersect(after.Select(f => f.Key)).ToList();
        var commonAfter = after.Select(f => f.Key).Where(common.Contains).ToList();
        var changes = after.Select(field =>
        {
            if (before.Find(f => f.Key == field.Key) is not { } old) return new FieldChange(field.Key, DiffKind.Added, false, Properties(null, field));
            var moved = common.IndexOf(field.Key) != commonAfter.IndexOf(field.Key);
            var properties = Properties(old, field);
            return new FieldChange(field.Key, moved || properties.Count > 0 ? DiffKind.Changed : DiffKind.Same, moved, properties);
        }).ToList();
        foreach (var gone in before.Where(f => !common.Contains(f.Key)))
            changes.Insert(Math.Min(before.IndexOf(gone), changes.Count), new FieldChange(gone.Key, DiffKind.Removed, false, Properties(gone, null)));
        return changes;
    }

    private static List<PropertyChange> Properties(Field? before, Field? after) =>
    [
        .. Names.Select(p => new PropertyChange(p.Name, before is null ? "" : p.Read(before), after is null ? "" : p.Read(after)))
            .Where(p => p.Before != p.After).Select(p => p.Shortened()),
    ];

    private static readonly (string Name, Func<Field, string> Read)[] Names =
    [
        ("Label", f => f.Label), ("Type", f => f.Type.ToString()), ("Description", f => f.Description), ("Example", f => f.Example),
        ("Required", f => f.Required ? "✓" : ""), ("Choices", f => string.Join(" | ", f.Choices)),
        ("Copied from the page", f => f.Copied switch { true => "yes", false => "no", _ => "" }),
        ("Rules", f => string.Join('\n', f.Steps.Select(s => StepJson.Write([s])[1..^1]))),
    ];

    private static DiffKind Kind(ChangeType type) => type switch
    {
        ChangeType.Inserted => DiffKind.Added, ChangeType.Deleted => DiffKind.Removed, ChangeType.Modified => DiffKind.Changed, _ => DiffKind.Same,
    };
}

/// <summary>All differences between two versions.</summary>
public sealed record VersionDiff(TemplateVersion Before, TemplateVersion After, IReadOnlyList<DiffLine> Instruction, IReadOnlyList<FieldChange> Fields)
{
    /// <summary>Whether the switch about the page's text was turned.</summary>
    public bool GroundingChanged => Before.Grounding != After.Grounding;

    /// <summary>Whether the answer is written in another shape.</summary>
    public bool ShapeChanged => Before.Shape != After.Shape;

    /// <summary>Whether uncertain values are asked for again in one of them only.</summary>
    public bool ConfirmsChanged => Before.Confirms != After.Confirms;

    public bool IsEmpty => !GroundingChanged && !ShapeChanged && !ConfirmsChanged && Instruction.All(l => l.Kind == DiffKind.Same) && Fields.All(f => f.Kind == DiffKind.Same);
}

/// <summary>One line of the instruction.</summary>
public sealed record DiffLine(DiffKind Kind, string Text);

/// <summary>One field, and what is different about it.</summary>
public sealed record FieldChange(string Key, DiffKind Kind, bool Moved, IReadOnlyList<PropertyChange> Properties);

/// <summary>One property of a field before and after; an empty text where the field was not there.</summary>
public sealed record PropertyChange(string Name, string Before, string After)
{
    private const int Most = 600, Around = 100;

    /// <summary>A lookup table may have thousands of lines: of long texts only what stands around the first difference, and how many characters there are.</summary>
    internal PropertyChange Shortened()
    {
        if (Before.Length <= Most && After.Length <= Most) return this;
        var start = Math.Max(0, Before.AsSpan().CommonPrefixLength(After) - Around);
        return this with { Before = Part(Before, start), After = Part(After, start) };
    }

    private static string Part(string text, int start) => text.Length <= Most ? text
        : $"{(start > 0 ? "…" : "")}{text.AsSpan(start, Math.Min(Most, text.Length - start))}{(start + Most < text.Length ? "…" : "")} ({text.Length})";
}

public enum DiffKind { Same, Added, Removed, Changed }
