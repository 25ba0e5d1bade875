using GlmStudio.Web.Domain;
using GlmStudio.Web.Domain.Confidence;
using GlmStudio.Web.Domain.Journal;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Web.Data;

/// <summary>The database. One short-lived context an operation, from <see cref="IDbContextFactory{TContext}"/>.</summary>
public abstract class StudioDbContext(DbContextOptions options) : DbContext(options)
{
    public DbSet<Template> Templates => Set<Template>();
    public DbSet<TemplateVersion> TemplateVersions => Set<TemplateVersion>();
    public DbSet<QuestionRule> QuestionRules => Set<QuestionRule>();
    public DbSet<Dataset> Datasets => Set<Dataset>();
    public DbSet<ImageItem> Images => Set<ImageItem>();
    public DbSet<DuplicateFile> DuplicateFiles => Set<DuplicateFile>();
    public DbSet<LabelSet> LabelSets => Set<LabelSet>();
    public DbSet<Label> Labels => Set<Label>();
    public DbSet<Batch> Batches => Set<Batch>();
    public DbSet<Row> Rows => Set<Row>();
    public DbSet<Cell> Cells => Set<Cell>();
    public DbSet<Correction> Corrections => Set<Correction>();
    public DbSet<SharedManifest> SharedManifests => Set<SharedManifest>();
    public DbSet<JournalEntry> Journal => Set<JournalEntry>();
    public DbSet<Calibration> Calibrations => Set<Calibration>();
    public DbSet<Schedule> Schedules => Set<Schedule>();
    public DbSet<ScheduleFire> ScheduleFires => Set<ScheduleFire>();
    public DbSet<ScheduleMessage> ScheduleMessages => Set<ScheduleMessage>();
    public DbSet<ApiFile> ApiFiles => Set<ApiFile>();
    public DbSet<CompletionBatch> CompletionBatches => Set<CompletionBatch>();
    public DbSet<CompletionLine> CompletionLines => Set<CompletionLine>();
    public DbSet<Node> Nodes => Set<Node>();
    public DbSet<StoredImage> StoredImages => Set<StoredImage>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(StudioDbContext).Assembly);

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcConverter>();
        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(20);
    }
}

/// <summary>The SQLite database: the default, one file in the data folder. Has its own migrations.</summary>
public sealed class SqliteStudioDbContext(DbContextOptions<SqliteStudioDbContext> options) : StudioDbContext(options);

/// <summary>The PostgreSQL database for several nodes. Has its own migrations.</summary>
public sealed class PostgresStudioDbContext(DbContextOptions<PostgresStudioDbContext> options) : StudioDbContext(options);
