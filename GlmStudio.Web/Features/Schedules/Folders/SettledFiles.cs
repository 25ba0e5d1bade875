namespace GlmStudio.Web.Features.Schedules.Folders;

/// <summary>Remembers how the files of one folder looked, and tells which have been as they are for long enough to be whole.</summary>
internal sealed class SettledFiles
{
    private readonly Dictionary<string, Appearance> _seen = new(StringComparer.Ordinal);

    /// <summary>Files that were seen and have not been taken.</summary>
    public bool AnyUnsettled { get; private set; }

    /// <param name="files">The folder's files now, by their path below it.</param>
    /// <param name="now">The time of this look.</param>
    /// <param name="settle">How long a file must stay as it is.</param>
    /// <returns>Files that have just come to rest, in order of their paths; each is told once unless it changes again.</returns>
    public IReadOnlyList<string> Look(IReadOnlyDictionary<string, (long Length, DateTime Written)> files, DateTimeOffset now, TimeSpan settle)
    {
        foreach (var gone in _seen.Keys.Except(files.Keys).ToList()) _seen.Remove(gone);
        var settled = new List<string>();
        AnyUnsettled = false;
        foreach (var (path, (length, written)) in files.OrderBy(f => f.Key, StringComparer.Ordinal))
        {
            if (!_seen.TryGetValue(path, out var look) || look.Length != length || look.Written != written)
                _seen[path] = look = new Appearance(length, written, now, IsTold: false);
            if (look.IsTold) continue;
            if (now - look.Since < settle || length == 0)
            {
                AnyUnsettled |= length > 0;
                continue;
            }
            _seen[path] = look with { IsTold = true };
            settled.Add(path);
        }
        return settled;
    }

    /// <summary>A file that could not be read is told again when it has settled anew.</summary>
    public void Forget(string path) => _seen.Remove(path);

    private sealed record Appearance(long Length, DateTime Written, DateTimeOffset Since, bool IsTold);
}
