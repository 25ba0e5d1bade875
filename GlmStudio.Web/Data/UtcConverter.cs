using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace GlmStudio.Web.Data;

/// <summary>All times are UTC in storage and say so when they come back (SQLite forgets the kind).</summary>
internal sealed class UtcConverter() : ValueConverter<DateTime, DateTime>(
    time => time.Kind == DateTimeKind.Unspecified ? DateTime.SpecifyKind(time, DateTimeKind.Utc) : time.ToUniversalTime(),
    time => DateTime.SpecifyKind(time, DateTimeKind.Utc));
