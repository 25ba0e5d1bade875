namespace GlmStudio.Web.Features.Schedules.Folders;

/// <summary>The files below a folder, and their bytes; links are neither listed nor followed.</summary>
internal static class FolderFiles
{
    // A folder with more is not a place where files come in.
    private const int Most = 100_000;

    private static readonly EnumerationOptions Entries = new() { AttributesToSkip = FileAttributes.Hidden | FileAttributes.System, IgnoreInaccessible = true };

    public static Dictionary<string, (long Length, DateTime Written)> List(string folder)
    {
        var files = new Dictionary<string, (long, DateTime)>(StringComparer.Ordinal);
        var waiting = new Stack<DirectoryInfo>([new DirectoryInfo(folder)]);
        while (waiting.TryPop(out var place) && files.Count < Most)
            foreach (var entry in place.EnumerateFileSystemInfos("*", Entries))
            {
                if (entry.LinkTarget is not null) continue;
                if (entry is DirectoryInfo below) waiting.Push(below);
                else if (entry is FileInfo file) files[Path.GetRelativePath(folder, file.FullName).Replace(Path.DirectorySeparatorChar, '/')] = (file.Length, file.LastWriteTimeUtc);
            }
        return files;
    }

    /// <summary>Opens a file for reading.</summary>
    /// <param name="folder">The folder, without a link in its path.</param>
    /// <param name="path">The file's path below it.</param>
    /// <exception cref="IOException">It cannot be read, or what was opened is not the file below the folder: somebody put a link in its place.</exception>
    public static FileStream Open(string folder, string path)
    {
        var full = Path.GetFullPath(Path.Combine(folder, path));
        if (!full.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal)) throw new IOException("The path leads out of its folder.");
        var stream = new FileStream(full, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1 << 16, useAsync: true);
        if (IsItself(stream, full)) return stream;
        stream.Dispose();
        throw new IOException("A link stands in the file's place.");
    }

    // What is open can no longer be exchanged; Linux says where it really is. Elsewhere the path is looked at again.
    private static bool IsItself(FileStream stream, string full) => OperatingSystem.IsLinux()
        ? new FileInfo($"/proc/self/fd/{stream.SafeFileHandle.DangerousGetHandle()}").LinkTarget == full
        : new FileInfo(full).LinkTarget is null;
}
