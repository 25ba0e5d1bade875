using System.Text.Json;
using GlmStudio.Web.Domain.Journal;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GlmStudio.Web.Data.Configurations;

internal sealed class SharedManifestConfiguration : IEntityTypeConfiguration<SharedManifest>
{
    public void Configure(EntityTypeBuilder<SharedManifest> builder)
    {
        builder.Property(m => m.Hash).HasMaxLength(64);
        builder.HasIndex(m => m.Hash).IsUnique();
        builder.Property(m => m.Parts).HasConversion(parts => Write(parts), text => JsonSerializer.Deserialize<List<ManifestPart>>(text, JsonSerializerOptions.Web) ?? new(), ByContent);
    }

    private static readonly ValueComparer<List<ManifestPart>> ByContent = new(
        (a, b) => a!.SequenceEqual(b!), parts => Write(parts).GetHashCode(StringComparison.Ordinal), parts => parts.ToList());

    private static string Write(List<ManifestPart> parts) => JsonSerializer.Serialize(parts, JsonSerializerOptions.Web);
}

internal sealed class JournalEntryConfiguration : IEntityTypeConfiguration<JournalEntry>
{
    public void Configure(EntityTypeBuilder<JournalEntry> builder)
    {
        builder.HasIndex(e => e.RowId);
        builder.Property(e => e.Note).HasMaxLength(JournalEntry.MaxNote);
    }
}
