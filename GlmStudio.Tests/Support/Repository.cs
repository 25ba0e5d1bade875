using System.Runtime.Versioning;

// The native parts and the test database are Linux builds.
[assembly: SupportedOSPlatform("linux")]

namespace GlmStudio.Tests.Support;

/// <summary>Where the sources of this checkout are.</summary>
public static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>An absolute path from one below the root with forward slashes.</summary>
    public static string At(string path) => Path.Combine(Root, path);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "GlmStudio.sln"))) return folder.FullName;
        throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds GlmStudio.sln.");
    }
}
