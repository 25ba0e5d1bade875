using GlmStudio.Web.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GlmStudio.Web.Data.Configurations;

internal sealed class LabelSetConfiguration : IEntityTypeConfiguration<LabelSet>
{
    public void Configure(EntityTypeBuilder<LabelSet> builder)
    {
        builder.Property(s => s.Name).HasMaxLength(200);
    }
}

internal sealed class LabelConfiguration : IEntityTypeConfiguration<Label>
{
    public void Configure(EntityTypeBuilder<Label> builder)
    {
        builder.Property(l => l.FieldKey).HasMaxLength(64);
        builder.HasIndex(l => new { l.LabelSetId, l.ImageItemId, l.FieldKey }).IsUnique();
        builder.HasOne<ImageItem>().WithMany().HasForeignKey(l => l.ImageItemId);
    }
}
