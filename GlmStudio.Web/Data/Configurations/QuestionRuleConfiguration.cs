using GlmStudio.Web.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GlmStudio.Web.Data.Configurations;

internal sealed class QuestionRuleConfiguration : IEntityTypeConfiguration<QuestionRule>
{
    public void Configure(EntityTypeBuilder<QuestionRule> builder)
    {
        builder.Property(r => r.Words).HasMaxLength(1_000);
        builder.HasIndex(r => r.Ordinal);
    }
}
