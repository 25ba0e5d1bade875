namespace GlmStudio.Web.Features.Datasets.Uploads;

/// <summary>The pictures below a folder of this machine, in natural order, and what was left out with the reason.</summary>
internal sealed class FolderScan
{
    private readonly string _root;
    private readonly List<string> _pictures = [];
    private readonly List<SkippedFile> _skipped = [];

    private FolderScan(string root) => _root = root;

    /// <summary>Paths below the folder, with forward slashes.</summary>
    public IReadOnlyList<string> Pictures => _pictures;

    public IReadOnlyList<SkippedFile> Skipped => _skipped;

    public static FolderScan Of(string folder, CancellationToken cancellation)
    {
        var scan = new FolderScan(folder);
        scan.Walk(new DirectoryInfo(folder), cancellation);
        scan._pictures.Sort(NaturalOrder.Instance);
        scan._skipped.Sort((a, b) => NaturalOrder.Instance.Compare(a.Path, b.Path));
        return scan;
    }

    private void Walk(DirectoryInfo folder, CancellationToken cancellation)
    {
        foreach (var entry in folder.EnumerateFileSystemInfos("*", new EnumerationOptions { AttributesToSkip = 0, IgnoreInaccessible = true }))
        {
            cancellation.ThrowIfCancellationRequested();
            var path = Path.GetRelativePath(_root, entry.FullName).Replace(Path.DirectorySeparatorChar, '/');
            // A link may lead anywhere, out of the folder or round in circles. What it names inside the folder is found anyway.
            if (entry.LinkTarget is not null) _skipped.Add(new SkippedFile(path, "A symbolic link."));
            else if (DatasetPath.IsHidden(entry.Name)) _skipped.Add(new SkippedFile(path, "Hidden."));
            else if (entry is DirectoryInfo below) Walk(below, cancellation);
            else if (Reason(entry.FullName, path) is { } reason) _skipped.Add(new SkippedFile(path, reason));
            else _pictures.Add(path);
        }
    }

    private static string? Reason(string file, string path)
    {
        if (FileKinds.IsSheet(path)) return "A label sheet.";
        if (!DatasetPath.TryNormalise(path, out _, out var problem)) return problem;
        if (FileKinds.IsPicture(path)) return null;
        Span<byte> start = stackalloc byte[16];
        try
        {
            using var stream = File.OpenRead(file);
            return FileKinds.LooksLikePicture(start[..stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)]) ? null : "Not a picture.";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e.Message;
        }
    }
}

/// <summary>A file of a folder that did not become a picture.</summary>
public sealed record SkippedFile(string Path, string Reason);
