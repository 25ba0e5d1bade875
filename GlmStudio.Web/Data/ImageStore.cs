using System.Security.Cryptography;

namespace GlmStudio.Web.Data;

/// <summary>Content-addressed files: the same bytes are kept once, under the SHA-256 of their content, and never change.</summary>
/// <param name="root">The folder.</param>
/// <param name="small">Keeps what is small enough in the database instead.</param>
public sealed class ImageStore(string root, SmallImages? small = null)
{
    /// <summary>Copies a stream in and returns its hash and length. A stream that ends early or is cancelled leaves nothing behind.</summary>
    /// <param name="source">The bytes; read to the end.</param>
    /// <param name="maxBytes">More bytes than this throw <see cref="InvalidDataException"/>.</param>
    /// <param name="cancellation">Stops the copy.</param>
    public async Task<StoredFile> AddAsync(Stream source, long maxBytes, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Path.Combine(root, "incoming"));
        var incoming = Path.Combine(root, "incoming", Guid.NewGuid().ToString("n"));
        try
        {
            var (hash, length) = await CopyAsync(source, incoming, maxBytes, cancellation);
            var final = PathOf(hash);
            if (File.Exists(final)) return new StoredFile(hash, length);
            if (small?.Takes(length) == true)
            {
                await small.AddAsync(hash, await File.ReadAllBytesAsync(incoming, cancellation), cancellation);
                return new StoredFile(hash, length);
            }
            Directory.CreateDirectory(Path.GetDirectoryName(final)!);
            File.Move(incoming, final, overwrite: true);
            return new StoredFile(hash, length);
        }
        finally
        {
            File.Delete(incoming);
        }
    }

    /// <summary>Reads a whole file. Throws <see cref="FileNotFoundException"/> where the store does not have it.</summary>
    public async Task<byte[]> ReadAsync(string hash, CancellationToken cancellation) =>
        File.Exists(PathOf(hash)) ? await File.ReadAllBytesAsync(PathOf(hash), cancellation) : await FindSmallAsync(hash, cancellation) ?? throw Missing(hash);

    public async Task<bool> ContainsAsync(string hash, CancellationToken cancellation) =>
        File.Exists(PathOf(hash)) || (small is not null && await small.ContainsAsync(hash, cancellation));

    /// <summary>Those of many that it has.</summary>
    public async Task<IReadOnlySet<string>> WhichAsync(IEnumerable<string> hashes, CancellationToken cancellation)
    {
        var inFolder = hashes.Distinct().ToLookup(h => File.Exists(PathOf(h)));
        return inFolder[true].Concat(small is null ? [] : await small.WhichAsync(inFolder[false], cancellation)).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Opens a stored file for sending. Throws <see cref="FileNotFoundException"/> where the store does not have it.</summary>
    public async Task<Stream> OpenReadAsync(string hash, CancellationToken cancellation)
    {
        if (File.Exists(PathOf(hash))) return new FileStream(PathOf(hash), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1 << 16, useAsync: true);
        return new MemoryStream(await FindSmallAsync(hash, cancellation) ?? throw Missing(hash), writable: false);
    }

    /// <summary>Removes a file and everything derived from it. The caller makes sure that nothing refers to it.</summary>
    public async Task RemoveAsync(string hash, CancellationToken cancellation)
    {
        if (File.Exists(PathOf(hash))) File.Delete(PathOf(hash));
        if (small is not null) await small.RemoveAsync(hash, cancellation);
        var derived = new DirectoryInfo(Path.GetDirectoryName(DerivedPath(hash, "any"))!);
        if (!derived.Exists) return;
        foreach (var file in derived.EnumerateFiles($"{hash}-*")) file.Delete();
    }

    /// <summary>Removes what a killed process left half received. Younger files may belong to a process that is receiving now.</summary>
    /// <param name="before">Files last written before this time (UTC) go.</param>
    /// <returns>How many were removed.</returns>
    public int RemoveUnfinished(DateTime before)
    {
        var incoming = new DirectoryInfo(Path.Combine(root, "incoming"));
        if (!incoming.Exists) return 0;
        var left = incoming.EnumerateFiles().Where(f => f.LastWriteTimeUtc < before).ToList();
        left.ForEach(f => f.Delete());
        return left.Count;
    }

    /// <summary>Where a derived file (a thumbnail, a display copy) of a stored file is cached.</summary>
    /// <param name="hash">The original's hash.</param>
    /// <param name="variant">A fixed name such as <c>thumb-0.webp</c>; no path separators.</param>
    public string DerivedPath(string hash, string variant)
    {
        if (variant.AsSpan().IndexOfAny('/', '\\') >= 0) throw new ArgumentException($"not a file name: {variant}", nameof(variant));
        return Path.Combine(root, "derived", Checked(hash)[..2], $"{hash}-{variant}");
    }

    private async Task<byte[]?> FindSmallAsync(string hash, CancellationToken cancellation) => small is null ? null : await small.FindAsync(hash, cancellation);

    private static FileNotFoundException Missing(string hash) => new($"The store does not have {hash}.");

    private string PathOf(string hash) => Path.Combine(root, "images", Checked(hash)[..2], hash);

    // A hash is the only part of a path that comes from outside: nothing but 64 hexadecimal digits passes.
    private static string Checked(string hash) =>
        hash.Length == 64 && hash.All(char.IsAsciiHexDigitLower) ? hash : throw new ArgumentException("not a content hash", nameof(hash));

    private static async Task<(string Hash, long Length)> CopyAsync(Stream source, string path, long maxBytes, CancellationToken cancellation)
    {
        using var hasher = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16, useAsync: true);
        var buffer = new byte[1 << 16];
        long length = 0;
        int read;
        while ((read = await source.ReadAsync(buffer, cancellation)) > 0)
        {
            length += read;
            if (length > maxBytes) throw new InvalidDataException($"The file is larger than the limit of {maxBytes:N0} bytes.");
            hasher.AppendData(buffer, 0, read);
            await file.WriteAsync(buffer.AsMemory(0, read), cancellation);
        }
        return (Convert.ToHexStringLower(hasher.GetHashAndReset()), length);
    }
}

/// <summary>A file in the <see cref="ImageStore"/>.</summary>
public sealed record StoredFile(string Hash, long Length);
