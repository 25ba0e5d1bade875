using GlmStudio.Web.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GlmStudio.Web.Data.Configurations;

internal sealed class DatasetConfiguration : IEntityTypeConfiguration<Dataset>
{
    public void Configure(EntityTypeBuilder<Dataset> builder)
    {
        builder.Property(d => d.Name).HasMaxLength(200);
        builder.HasIndex(d => d.Name).IsUnique();
    }
}

internal sealed class ImageItemConfiguration : IEntityTypeConfiguration<ImageItem>
{
    public void Configure(EntityTypeBuilder<ImageItem> builder)
    {
        builder.Property(i => i.Path).HasMaxLength(1024);
        builder.Property(i => i.ContentHash).HasMaxLength(64);
        builder.HasIndex(i => new { i.DatasetId, i.Ordinal }).IsUnique();
        builder.HasIndex(i => new { i.DatasetId, i.Path, i.Page }).IsUnique();
        builder.HasIndex(i => i.ContentHash);
        builder.OwnsOne(i => i.Quality, quality => quality.ToJson());
    }
}

internal sealed class DuplicateFileConfiguration : IEntityTypeConfiguration<DuplicateFile>
{
    public void Configure(EntityTypeBuilder<DuplicateFile> builder)
    {
        builder.Property(d => d.Path).HasMaxLength(1024);
        builder.Property(d => d.ContentHash).HasMaxLength(64);
        builder.HasIndex(d => new { d.DatasetId, d.Path }).IsUnique();
    }
}
