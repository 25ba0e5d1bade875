using GlmStudio.Engine;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Domain.Rules;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GlmStudio.Web.Data.Configurations;

internal sealed class TemplateConfiguration : IEntityTypeConfiguration<Template>
{
    public void Configure(EntityTypeBuilder<Template> builder)
    {
        builder.Property(t => t.Key).HasMaxLength(64);
        builder.Property(t => t.Name).HasMaxLength(200);
        builder.HasIndex(t => t.Key).IsUnique();
    }
}

internal sealed class TemplateVersionConfiguration : IEntityTypeConfiguration<TemplateVersion>
{
    public void Configure(EntityTypeBuilder<TemplateVersion> builder)
    {
        builder.HasIndex(v => new { v.TemplateId, v.Number }).IsUnique();
        builder.OwnsMany(v => v.Fields, fields =>
        {
            fields.ToJson();
            fields.Ignore(f => f.Computation);
            fields.Property(f => f.Steps).HasConversion(steps => StepJson.Write(steps), text => StepJson.Read(text), ByContent);
        });
        builder.Ignore(v => v.ReadFields);
        builder.Property(v => v.Grounding).HasDefaultValue(Grounding.ModelDefault);
        builder.Property(v => v.Shape).HasDefaultValue(AnswerShape.Json);
    }

    private static readonly ValueComparer<IReadOnlyList<FieldStep>> ByContent = new(
        (a, b) => StepJson.Write(a!) == StepJson.Write(b!), steps => StepJson.Write(steps).GetHashCode(StringComparison.Ordinal), steps => steps);
}
