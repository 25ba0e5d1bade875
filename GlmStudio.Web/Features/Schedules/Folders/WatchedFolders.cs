using Microsoft.Extensions.Options;

namespace GlmStudio.Web.Features.Schedules.Folders;

/// <summary>Folders that schedules may watch: below one root, never through a link, so that no path leads elsewhere on this machine.</summary>
public sealed class WatchedFolders(IOptions<ScheduleOptions> options)
{
    public bool IsAllowed => options.Value.WatchRoot.Length > 0;

    /// <summary>What is wrong with a folder, in words; null where it can be watched.</summary>
    public ScheduleProblem? Check(string folder)
    {
        if (!IsAllowed) return new("No folder may be watched. Name the folder above them all in the setting Schedules:WatchRoot.");
        if (Names(folder) is not { } names) return new("The folder \"{0}\" is not written as a path below the watched root, such as scans/receipts.", folder);
        return Resolve(names) is null ? new("There is no folder \"{0}\" below the watched root, or a link stands in its way.", folder) : null;
    }

    /// <summary>The folder's place on this machine; null where it is not there or may not be watched.</summary>
    public string? Find(string folder) => IsAllowed && Names(folder) is { } names ? Resolve(names) : null;

    private static string[]? Names(string folder)
    {
        var names = folder.Split('/', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var isPlain = names.Length > 0 && !Path.IsPathRooted(folder) && names.All(n => n is not ("." or "..") && n.IndexOfAny(Path.GetInvalidFileNameChars()) < 0 && !n.Contains('\\', StringComparison.Ordinal));
        return isPlain ? names : null;
    }

    private string? Resolve(string[] names)
    {
        var place = RealPath(new DirectoryInfo(Path.GetFullPath(options.Value.WatchRoot)));
        foreach (var name in names)
        {
            place = new DirectoryInfo(Path.Combine(place.FullName, name));
            if (!place.Exists || place.LinkTarget is not null) return null;
        }
        return place.FullName;
    }

    // The root itself may stand behind links of the system, such as a mounted disk's; nothing below it may.
    private static DirectoryInfo RealPath(DirectoryInfo place)
    {
        if (place.Parent is not { } above) return place;
        var real = new DirectoryInfo(Path.Combine(RealPath(above).FullName, place.Name));
        return real.ResolveLinkTarget(returnFinalTarget: true) is DirectoryInfo target ? RealPath(target) : real;
    }
}
