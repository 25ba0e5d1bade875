using GlmStudio.Web.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GlmStudio.Web.Data.Configurations;

internal sealed class NodeConfiguration : IEntityTypeConfiguration<Node>
{
    public void Configure(EntityTypeBuilder<Node> builder)
    {
        builder.Property(n => n.Id).HasMaxLength(200);
        builder.Property(n => n.Name).HasMaxLength(100);
        builder.Property(n => n.Version).HasMaxLength(100);
        builder.Property(n => n.Device).HasMaxLength(200);
    }
}

internal sealed class StoredImageConfiguration : IEntityTypeConfiguration<StoredImage>
{
    public void Configure(EntityTypeBuilder<StoredImage> builder)
    {
        builder.HasKey(i => i.Hash);
        builder.Property(i => i.Hash).HasMaxLength(64);
    }
}
