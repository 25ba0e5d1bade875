using System.Globalization;

namespace GlmStudio.Web.Data.Cluster;

/// <summary>Names a process so that another one on the same machine can tell whether it still lives.</summary>
public static class OwnerProcess
{
    /// <summary>This process: machine, id and start tick (ids are used again, start ticks are not).</summary>
    public static string Current { get; } = Describe(Environment.ProcessId) ?? $"{Environment.MachineName}|{Environment.ProcessId}|0";

    /// <summary>True where the owner ran on this machine and has ended. Of another machine's processes nothing is known: they count as alive.</summary>
    public static bool HasEnded(string owner)
    {
        var parts = owner.Split('|');
        if (!OperatingSystem.IsLinux() || parts.Length != 3 || parts[0] != Environment.MachineName) return false;
        return int.TryParse(parts[1], CultureInfo.InvariantCulture, out var id) && Describe(id) != owner;
    }

    /// <summary>Null where there is no such process, or only its unreaped remains.</summary>
    private static string? Describe(int id)
    {
        try
        {
            // proc(5): "id (name) state …"; the name may hold spaces and brackets. Start time is field 22, the 20th after the name.
            var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/stat"));
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] is "Z" or "X" ? null : string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}|{id}|{fields[19]}");
        }
        catch (IOException)
        {
            return null;
        }
    }
}
