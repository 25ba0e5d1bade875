using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Web.Features.Datasets.Uploads;

/// <summary>What a dataset holds of some files, and the next free ordinal: decides what each received file becomes.</summary>
internal sealed class DatasetBook
{
    private readonly StudioDbContext _db;
    private readonly int _datasetId;
    private readonly int _maxImages;
    private readonly DateTime _now;
    private readonly Dictionary<string, string> _hashOfPath;
    private readonly Dictionary<string, string> _pathOfHash;
    private int _nextOrdinal;
    private int _count;

    private DatasetBook(StudioDbContext db, int datasetId, int maxImages, DateTime now, Dictionary<string, string> hashOfPath, Dictionary<string, string> pathOfHash)
    {
        (_db, _datasetId, _maxImages, _now) = (db, datasetId, maxImages, now);
        (_hashOfPath, _pathOfHash) = (hashOfPath, pathOfHash);
    }

    public static async Task<DatasetBook> OpenAsync(
        StudioDbContext db, int datasetId, IReadOnlyList<ReceivedFile> files, int maxImages, DateTime now, CancellationToken cancellation)
    {
        if (!await db.Datasets.AnyAsync(d => d.Id == datasetId, cancellation)) throw new KeyNotFoundException($"There is no dataset {datasetId}.");
        var book = new DatasetBook(db, datasetId, maxImages, now, new(StringComparer.Ordinal), new(StringComparer.Ordinal));
        foreach (var chunk in files.Where(f => f.Refusal is null).Chunk(500))
        {
            await book.ReadAsync(chunk, cancellation);
            await book.MendAsync(chunk, cancellation);
        }
        var all = db.Images.Where(i => i.DatasetId == datasetId);
        book._nextOrdinal = (await all.MaxAsync(i => (int?)i.Ordinal, cancellation) ?? -1) + 1;
        book._count = await all.CountAsync(cancellation);
        return book;
    }

    /// <summary>Adds what the file becomes to the context and says what that is.</summary>
    public FileResult Enter(ReceivedFile file)
    {
        if (_hashOfPath.TryGetValue(file.Path, out var hash))
            return hash == file.Hash
                ? new FileResult(file.Path, FileOutcome.Known, _pathOfHash[hash] == file.Path ? null : $"Duplicate of {_pathOfHash[hash]}.")
                : new FileResult(file.Path, FileOutcome.Conflict, "The dataset has another file under this path. Delete that one first, or rename this one.");
        if (_pathOfHash.TryGetValue(file.Hash, out var original)) return Duplicate(file, original);
        if (_count + file.PageCount > _maxImages)
            return new FileResult(file.Path, FileOutcome.Refused, $"A dataset holds at most {_maxImages:N0} pictures. Start another one.");
        for (var page = 0; page < file.PageCount; page++) _db.Images.Add(Picture(file, page));
        _count += file.PageCount;
        (_hashOfPath[file.Path], _pathOfHash[file.Hash]) = (file.Hash, file.Path);
        return new FileResult(file.Path, file.Problem is null ? FileOutcome.Added : FileOutcome.Damaged, file.Problem, file.PageCount);
    }

    private FileResult Duplicate(ReceivedFile file, string original)
    {
        _db.DuplicateFiles.Add(new DuplicateFile
        {
            DatasetId = _datasetId, Path = file.Path, ContentHash = file.Hash, ByteCount = file.ByteCount, AddedAt = _now,
        });
        _hashOfPath[file.Path] = file.Hash;
        return new FileResult(file.Path, FileOutcome.Duplicate, $"Duplicate of {original}.");
    }

    private ImageItem Picture(ReceivedFile file, int page) => new()
    {
        DatasetId = _datasetId, Ordinal = _nextOrdinal++, Path = file.Path, Page = page, ContentHash = file.Hash, ByteCount = file.ByteCount,
        // Only the first page was looked at; the others get their size when they are measured.
        Width = page == 0 ? file.Width : 0, Height = page == 0 ? file.Height : 0, Problem = file.Problem, AddedAt = _now,
    };

    /// <summary>The bytes are there again: pictures whose file was missing, of whatever dataset, can be asked about.</summary>
    private async Task MendAsync(ReceivedFile[] files, CancellationToken cancellation)
    {
        var hashes = files.Select(f => f.Hash).Distinct().ToArray();
        foreach (var picture in await _db.Images.Where(i => i.Problem == ImageItem.FileIsMissing && hashes.Contains(i.ContentHash)).ToListAsync(cancellation)) picture.Problem = null;
    }

    private async Task ReadAsync(ReceivedFile[] files, CancellationToken cancellation)
    {
        var (paths, hashes) = (files.Select(f => f.Path).ToArray(), files.Select(f => f.Hash).Distinct().ToArray());
        var pictures = await _db.Images.Where(i => i.DatasetId == _datasetId && i.Page == 0 && (paths.Contains(i.Path) || hashes.Contains(i.ContentHash)))
            .Select(i => new { i.Path, i.ContentHash }).ToListAsync(cancellation);
        foreach (var picture in pictures) (_hashOfPath[picture.Path], _pathOfHash[picture.ContentHash]) = (picture.ContentHash, picture.Path);
        var duplicates = await _db.DuplicateFiles.Where(d => d.DatasetId == _datasetId && paths.Contains(d.Path))
            .Select(d => new { d.Path, d.ContentHash }).ToListAsync(cancellation);
        foreach (var duplicate in duplicates) _hashOfPath[duplicate.Path] = duplicate.ContentHash;
    }
}
