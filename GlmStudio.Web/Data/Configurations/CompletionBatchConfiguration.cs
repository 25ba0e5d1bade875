using System.Text.Json;
using GlmStudio.Web.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GlmStudio.Web.Data.Configurations;

internal sealed class ApiFileConfiguration : IEntityTypeConfiguration<ApiFile>
{
    public void Configure(EntityTypeBuilder<ApiFile> builder)
    {
        builder.Property(f => f.Id).HasMaxLength(64);
        builder.Property(f => f.Name).HasMaxLength(255);
        builder.Property(f => f.Purpose).HasMaxLength(32);
        builder.HasIndex(f => f.CreatedAt);
    }
}

internal sealed class CompletionBatchConfiguration : IEntityTypeConfiguration<CompletionBatch>
{
    public void Configure(EntityTypeBuilder<CompletionBatch> builder)
    {
        builder.Property(b => b.Id).HasMaxLength(64);
        builder.Property(b => b.IdempotencyKey).HasMaxLength(255);
        builder.HasIndex(b => b.IdempotencyKey).IsUnique();
        builder.HasIndex(b => b.CreatedAt);
        builder.HasIndex(b => b.Status);
        builder.Property(b => b.Metadata).HasConversion(Json<Dictionary<string, string>>.Conversion, Json<Dictionary<string, string>>.Comparer);
        builder.Property(b => b.Faults).HasConversion(Json<List<InputFault>>.Conversion, Json<List<InputFault>>.Comparer);
    }

    private static class Json<T> where T : class, new()
    {
        public static readonly Microsoft.EntityFrameworkCore.Storage.ValueConversion.ValueConverter<T, string> Conversion = new(
            value => JsonSerializer.Serialize(value, JsonSerializerOptions.Default), text => JsonSerializer.Deserialize<T>(text, JsonSerializerOptions.Default) ?? new T());

        public static readonly ValueComparer<T> Comparer = new(
            (a, b) => JsonSerializer.Serialize(a, JsonSerializerOptions.Default) == JsonSerializer.Serialize(b, JsonSerializerOptions.Default),
            value => JsonSerializer.Serialize(value, JsonSerializerOptions.Default).GetHashCode(StringComparison.Ordinal),
            value => JsonSerializer.Deserialize<T>(JsonSerializer.Serialize(value, JsonSerializerOptions.Default), JsonSerializerOptions.Default)!);
    }
}

internal sealed class CompletionLineConfiguration : IEntityTypeConfiguration<CompletionLine>
{
    public void Configure(EntityTypeBuilder<CompletionLine> builder)
    {
        builder.Property(l => l.CustomId).HasMaxLength(512);
        builder.HasIndex(l => new { l.BatchId, l.Number }).IsUnique();
        builder.HasIndex(l => new { l.BatchId, l.Status, l.Number });
        builder.HasOne(l => l.Batch).WithMany().HasForeignKey(l => l.BatchId).OnDelete(DeleteBehavior.Cascade);
    }
}
