namespace GlmStudio.Web.Hosting;

/// <summary>The folder with appsettings.json and wwwroot: the repository's root, or a published program's own folder.</summary>
internal static class ContentRoot
{
    public static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (Directory.Exists(Path.Combine(folder.FullName, "wwwroot")) && File.Exists(Path.Combine(folder.FullName, "appsettings.json")))
                return folder.FullName;
        throw new InvalidOperationException($"Neither {AppContext.BaseDirectory} nor a folder above it holds appsettings.json and wwwroot.");
    }
}
