namespace GlmStudio.Web.Features.Inference.CompletionBatches;

/// <summary>The bytes of <c>/v1/files</c>, one file each below the data folder.</summary>
public sealed class ApiFileStore(string root)
{
    private const string Part = ".part";

    /// <summary>Writes a file whole or not at all.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="write">Writes the bytes.</param>
    /// <returns>How many bytes were written.</returns>
    public async Task<long> WriteAsync(string id, Func<Stream, Task> write)
    {
        Directory.CreateDirectory(root);
        var (final, part) = (PathOf(id), PathOf(id) + Part);
        try
        {
            long length;
            await using (var stream = new FileStream(part, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16, useAsync: true))
            {
                await write(stream);
                await stream.FlushAsync();
                length = stream.Length;
            }
            File.Move(part, final, overwrite: true);
            return length;
        }
        finally
        {
            File.Delete(part);
        }
    }

    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public FileStream OpenRead(string id) => new(PathOf(id), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1 << 16, useAsync: true);

    /// <summary>Removes what a process that was killed had begun to write before that moment.</summary>
    public void RemoveUnfinished(DateTime before)
    {
        if (!Directory.Exists(root)) return;
        foreach (var part in new DirectoryInfo(root).EnumerateFiles("*" + Part).Where(f => f.LastWriteTimeUtc < before).ToList()) part.Delete();
    }

    public void Remove(string id)
    {
        if (Directory.Exists(root)) File.Delete(PathOf(id));
    }

    // An id is the only part of a path that comes from outside.
    private string PathOf(string id) => id.Length is > 5 and <= 64 && id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')
        ? Path.Combine(root, id) : throw new ArgumentException("not a file id", nameof(id));
}
