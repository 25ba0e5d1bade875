using GlmStudio.Web.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GlmStudio.Web.Data.Configurations;

internal sealed class ScheduleConfiguration : IEntityTypeConfiguration<Schedule>
{
    public void Configure(EntityTypeBuilder<Schedule> builder)
    {
        builder.Property(s => s.Name).HasMaxLength(200);
        builder.Property(s => s.Cron).HasMaxLength(120);
        builder.Property(s => s.Misfire).HasDefaultValue(MisfireRule.FireOnce);
        builder.Property(s => s.Overlap).HasDefaultValue(OverlapRule.Wait);
        builder.Property(s => s.PauseReason).HasMaxLength(200);
        builder.Property(s => s.WatchFolder).HasMaxLength(400);
        builder.Property(s => s.Language).HasMaxLength(2).HasDefaultValue("en");
        builder.OwnsOne(s => s.Message, message => message.ToJson());
    }
}

internal sealed class ScheduleFireConfiguration : IEntityTypeConfiguration<ScheduleFire>
{
    public void Configure(EntityTypeBuilder<ScheduleFire> builder)
    {
        builder.Property(f => f.Reason).HasMaxLength(500);
        builder.Property(f => f.Detail).HasMaxLength(500);
        builder.HasIndex(f => new { f.ScheduleId, f.At });
        builder.HasIndex(f => f.At);
        builder.HasIndex(f => f.Outcome);
        builder.HasOne(f => f.Schedule).WithMany().HasForeignKey(f => f.ScheduleId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne(f => f.Batch).WithMany().HasForeignKey(f => f.BatchId).OnDelete(DeleteBehavior.SetNull);
    }
}

internal sealed class ScheduleMessageConfiguration : IEntityTypeConfiguration<ScheduleMessage>
{
    public void Configure(EntityTypeBuilder<ScheduleMessage> builder)
    {
        builder.Property(m => m.Problem).HasMaxLength(500);
        builder.HasIndex(m => m.DueAt);
        builder.HasOne(m => m.Schedule).WithMany().HasForeignKey(m => m.ScheduleId).OnDelete(DeleteBehavior.Cascade);
    }
}
