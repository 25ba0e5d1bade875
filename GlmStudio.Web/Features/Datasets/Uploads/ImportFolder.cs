using GlmStudio.Web.Data;

namespace GlmStudio.Web.Features.Datasets.Uploads;

/// <summary>A folder of this machine becomes a new dataset; for the command line and for samples.</summary>
public sealed class ImportFolder(CreateDataset create, AddImages add)
{
    // Enough files at once to keep the disk and two decoders busy, few enough to hold in memory.
    private const int ChunkSize = 64;

    /// <summary>Imports all pictures below the folder in natural order of their paths. The dataset is always a new one: its rows are this folder's.</summary>
    /// <param name="folder">The folder; links in it are not followed.</param>
    /// <param name="datasetName">Where it is taken, a number is added.</param>
    /// <param name="limit">Take only the first so many files; null takes all.</param>
    /// <param name="progress">Told after each group of files.</param>
    /// <param name="cancellation">Stops between files; what was imported stays.</param>
    public async Task<ImportFolderResult> HandleAsync(
        string folder, string datasetName, int? limit, IProgress<ImportProgress>? progress, CancellationToken cancellation)
    {
        var name = datasetName.Trim();
        if (DatasetNames.Problem(name) is { } problem) return ImportFolderResult.Failed(problem);
        if (!Directory.Exists(folder)) return ImportFolderResult.Failed($"There is no folder {Path.GetFullPath(folder)}.");
        var scan = FolderScan.Of(Path.GetFullPath(folder), cancellation);
        var pictures = limit is { } most ? scan.Pictures.Take(most).ToList() : scan.Pictures;
        if (pictures.Count == 0)
            return ImportFolderResult.Failed($"The folder {Path.GetFullPath(folder)} has no pictures ({scan.Skipped.Count} other files).") with { Skipped = scan.Skipped };
        var dataset = await create.CreateNumberedAsync(name, cancellation);
        var results = new List<FileResult>(pictures.Count);
        foreach (var chunk in pictures.Chunk(ChunkSize))
        {
            results.AddRange(await add.CommitAsync(dataset.Id, await ReceiveAsync(folder, chunk, cancellation), cancellation));
            progress?.Report(new ImportProgress(results.Count, pictures.Count));
        }
        return ImportFolderResult.Of(dataset.Id, dataset.Name, results, scan.Skipped);
    }

    private async Task<ReceivedFile[]> ReceiveAsync(string folder, string[] paths, CancellationToken cancellation)
    {
        var received = new ReceivedFile[paths.Length];
        await Parallel.ForAsync(0, paths.Length, cancellation, async (at, stop) => received[at] = await ReceiveAsync(folder, paths[at], stop));
        return received;
    }

    private async Task<ReceivedFile> ReceiveAsync(string folder, string path, CancellationToken cancellation)
    {
        try
        {
            await using var stream = new FileStream(Path.Combine(folder, path), FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, useAsync: true);
            return await add.ReceiveAsync(path, stream, kindIsKnown: true, cancellation);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new ReceivedFile(path, $"It cannot be read: {e.Message}");
        }
    }
}

/// <param name="Done">Files imported so far.</param>
/// <param name="Total">Files to import.</param>
public sealed record ImportProgress(int Done, int Total);

/// <summary>What a folder became.</summary>
/// <param name="DatasetId">The new dataset, or 0.</param>
/// <param name="DatasetName">Its name.</param>
/// <param name="Problem">Why nothing was imported, or null.</param>
public sealed record ImportFolderResult(int DatasetId, string DatasetName, string? Problem)
{
    /// <summary>Pictures of the dataset, each page of a PDF counted.</summary>
    public int Pictures { get; init; }

    /// <summary>Files that cannot be read; they are pictures with a problem.</summary>
    public IReadOnlyList<FileResult> Damaged { get; init; } = [];

    /// <summary>Files whose bytes were there already under another path.</summary>
    public IReadOnlyList<FileResult> Duplicates { get; init; } = [];

    /// <summary>Files that did not become pictures, with the reason.</summary>
    public IReadOnlyList<SkippedFile> Skipped { get; init; } = [];

    internal static ImportFolderResult Failed(string problem) => new(0, "", problem);

    internal static ImportFolderResult Of(int id, string name, List<FileResult> results, IReadOnlyList<SkippedFile> skipped) => new(id, name, null)
    {
        Pictures = results.Sum(r => r.Pictures),
        Damaged = [.. results.Where(r => r.Outcome == FileOutcome.Damaged)],
        Duplicates = [.. results.Where(r => r.Outcome == FileOutcome.Duplicate)],
        Skipped = [.. skipped, .. results.Where(r => r.Outcome is FileOutcome.Refused or FileOutcome.Conflict).Select(r => new SkippedFile(r.Path, r.Message ?? ""))],
    };
}
