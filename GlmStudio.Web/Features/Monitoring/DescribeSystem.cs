using System.Diagnostics;
using System.Runtime.InteropServices;
using GlmStudio.Engine;
using GlmStudio.Web.Data;
using GlmStudio.Web.Engines;

namespace GlmStudio.Web.Features.Monitoring;

/// <summary>What the System page shows.</summary>
public sealed record SystemReport
{
    public required string Version { get; init; }
    public required string Runtime { get; init; }
    public required string OperatingSystem { get; init; }
    public required int Processors { get; init; }
    public required TimeSpan Uptime { get; init; }
    public required long MemoryBytes { get; init; }
    public required long PeakMemoryBytes { get; init; }
    public required IReadOnlyList<EngineInfo> Engines { get; init; }
    public required string Database { get; init; }

    /// <summary>The connection string without its password.</summary>
    public required string Connection { get; init; }

    public required string DataFolder { get; init; }

    /// <summary>Free and total bytes of the disk that holds the data folder; null where the system does not say.</summary>
    public required (long Free, long Total)? Disk { get; init; }

    public required IReadOnlyList<(string Name, string Version)> Libraries { get; init; }
    public required IReadOnlyList<(string Key, string Value)> Settings { get; init; }
}

/// <summary>Looks at the process, its engines, its database and its settings.</summary>
public sealed class DescribeSystem(EngineCatalog engines, StudioDatabase database, DataFolder data, SettingsInForce settings, TimeProvider time)
{
    private static readonly string[] Shown =
        ["Microsoft.ML.OnnxRuntime", "Microsoft.EntityFrameworkCore", "Microsoft.Data.Sqlite", "Npgsql", "Quartz", "Radzen.Blazor", "DocumentFormat.OpenXml"];

    public SystemReport Handle()
    {
        using var process = Process.GetCurrentProcess();
        return new SystemReport
        {
            Version = ProgramVersion.Current,
            Runtime = RuntimeInformation.FrameworkDescription,
            OperatingSystem = $"{RuntimeInformation.OSDescription} · {RuntimeInformation.OSArchitecture}",
            Processors = Environment.ProcessorCount,
            Uptime = time.GetUtcNow() - process.StartTime.ToUniversalTime(),
            MemoryBytes = process.WorkingSet64,
            PeakMemoryBytes = process.PeakWorkingSet64,
            Engines = engines.List(),
            Database = database.IsPostgres ? "PostgreSQL" : "SQLite",
            Connection = SettingsInForce.WithoutPassword(database.ConnectionString),
            DataFolder = data.Path,
            Disk = DiskOf(data.Path),
            Libraries = [.. AppDomain.CurrentDomain.GetAssemblies().Where(a => Shown.Contains(a.GetName().Name))
                .Select(a => (a.GetName().Name!, ProgramVersion.Of(a))).OrderBy(l => l.Item1, StringComparer.Ordinal)],
            Settings = settings.List(),
        };
    }

    private static (long, long)? DiskOf(string folder)
    {
        try
        {
            var drive = new DriveInfo(folder);
            return (drive.AvailableFreeSpace, drive.TotalSize);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
