using GlmStudio.Web.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GlmStudio.Web.Data.Configurations;

internal sealed class BatchConfiguration : IEntityTypeConfiguration<Batch>
{
    public void Configure(EntityTypeBuilder<Batch> builder)
    {
        builder.Property(b => b.Name).HasMaxLength(200);
        builder.HasIndex(b => b.Status);
        builder.Property(b => b.Priority).HasDefaultValue(BatchPriority.Normal).HasSentinel(BatchPriority.Normal);
        builder.Property(b => b.Repeats).HasDefaultValue(1);
        builder.HasIndex(b => b.ScheduleId);
        builder.HasOne(b => b.LabelSet).WithMany().HasForeignKey(b => b.LabelSetId).OnDelete(DeleteBehavior.SetNull);
    }
}

internal sealed class RowConfiguration : IEntityTypeConfiguration<Row>
{
    public void Configure(EntityTypeBuilder<Row> builder)
    {
        builder.HasIndex(r => new { r.BatchId, r.Ordinal }).IsUnique();
        builder.HasIndex(r => new { r.BatchId, r.Status, r.Ordinal });
        // The next row is the first entry here, however many rows are answered and whatever the planner believes of their number.
        builder.HasIndex(r => new { r.BatchId, r.Ordinal }, "IX_Rows_Waiting").HasFilter("\"Status\" = 'Queued'");
        builder.HasIndex(r => r.Identity);
        builder.Property(r => r.Identity).HasMaxLength(64);
        builder.Property(r => r.NodeId).HasMaxLength(200);
        // Few rows run at a time: an index of those alone costs the others nothing.
        builder.HasIndex(r => r.LeaseUntil).HasFilter("\"Status\" = 'Running'");
    }
}

internal sealed class CellConfiguration : IEntityTypeConfiguration<Cell>
{
    public void Configure(EntityTypeBuilder<Cell> builder)
    {
        builder.Property(c => c.FieldKey).HasMaxLength(64);
        builder.HasIndex(c => new { c.RowId, c.FieldKey }).IsUnique();
        builder.Property(c => c.Problem).HasMaxLength(500);
        builder.Ignore(c => c.Read).Ignore(c => c.OpenProblem);
        builder.OwnsOne(c => c.Box, box => box.ToJson());
        builder.OwnsOne(c => c.Evidence, evidence =>
        {
            evidence.ToJson();
            evidence.OwnsOne(e => e.Confirmation);
        });
    }
}

internal sealed class CorrectionConfiguration : IEntityTypeConfiguration<Correction>
{
    public void Configure(EntityTypeBuilder<Correction> builder)
    {
        builder.HasIndex(c => new { c.CellId, c.At });
    }
}
