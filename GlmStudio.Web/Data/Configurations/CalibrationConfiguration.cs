using GlmStudio.Web.Domain.Confidence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GlmStudio.Web.Data.Configurations;

internal sealed class CalibrationConfiguration : IEntityTypeConfiguration<Calibration>
{
    public void Configure(EntityTypeBuilder<Calibration> builder)
    {
        builder.HasIndex(c => new { c.TemplateVersionId, c.Engine });
        builder.HasOne(c => c.TemplateVersion).WithMany().HasForeignKey(c => c.TemplateVersionId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne(c => c.Batch).WithMany().HasForeignKey(c => c.BatchId).OnDelete(DeleteBehavior.SetNull);
        builder.OwnsMany(c => c.Fields, fields =>
        {
            fields.ToJson();
            fields.OwnsOne(f => f.Calibrator);
        });
    }
}
