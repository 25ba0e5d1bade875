namespace GlmStudio.Web.Hosting;

/// <summary>A file that a verb writes.</summary>
internal static class OutputFile
{
    /// <summary>Found out now, not after an hour of answers. Makes the folder where it is missing.</summary>
    public static void Check(string option, string? path, List<string> faults)
    {
        if (path is null) return;
        try
        {
            var full = Path.GetFullPath(path);
            if (Directory.Exists(full)) faults.Add($"{option}: {full} is a folder; give a file name.");
            else Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            faults.Add($"{option}: {path} cannot be written: {e.Message}");
        }
    }

    /// <summary>Beside its place first: a run that is cut off leaves the old file whole.</summary>
    public static async Task WriteAsync(string path, Func<Stream, Task> write)
    {
        var part = path + ".part";
        await using (var file = new FileStream(part, FileMode.Create, FileAccess.Write, FileShare.Read, 1 << 16)) await write(file);
        File.Move(part, path, overwrite: true);
    }
}
