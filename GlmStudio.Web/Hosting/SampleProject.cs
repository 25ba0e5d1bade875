using GlmStudio.Web.Data;
using GlmStudio.Web.Features.Datasets.Labels;
using GlmStudio.Web.Features.Datasets.Uploads;
using GlmStudio.Web.Features.Templates;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace GlmStudio.Web.Hosting;

/// <summary>What a newcomer finds in an empty database: the template library, twelve receipts, and their labels. Ready to run.</summary>
internal sealed partial class SampleProject(
    IOptions<StudioOptions> options, DataFolder folder, IDbContextFactory<StudioDbContext> database,
    InstallLibrary library, ImportFolder pictures, ImportLabels labels, ILogger<SampleProject> log)
{
    public const string DatasetName = "Sample receipts";

    /// <summary>Creates what is missing, once: a database that has any dataset is somebody's own.</summary>
    public async Task CreateAsync(CancellationToken cancellation)
    {
        if (!options.Value.Samples) return;
        await library.HandleAsync(cancellation);
        await using (var db = database.CreateDbContext())
            if (await db.Datasets.AnyAsync(cancellation)) return;
        var receipts = Path.Combine(folder.Samples, "receipts");
        if (!Directory.Exists(receipts)) return;
        var imported = await pictures.HandleAsync(receipts, DatasetName, null, null, cancellation);
        if (imported.Problem is { } problem)
        {
            LogSkipped(problem);
            return;
        }
        await using var sheet = File.OpenRead(Path.Combine(receipts, "labels.xlsx"));
        var result = await labels.HandleAsync(new LabelImport(imported.DatasetId, "labels.xlsx"), sheet, cancellation);
        if (result.Problem is { } fault) LogSkipped(fault);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The sample project is incomplete: {Problem}")]
    private partial void LogSkipped(string problem);
}
