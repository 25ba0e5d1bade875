using System.Globalization;

namespace GlmStudio.Engine.Sessions;

/// <summary>Which process has which card, by locked files in a folder that all processes of the machine share. A process keeps its cards until it ends.</summary>
/// <param name="folder">The shared folder.</param>
internal sealed class CardLock(string folder) : IDisposable
{
    private readonly Dictionary<int, FileStream> _mine = [];
    private readonly Lock _gate = new();

    /// <summary>This process's cards.</summary>
    public static CardLock Machine { get; } = new(Path.GetTempPath());

    /// <summary>Takes a card. Returns null where this process has it now, else who has it.</summary>
    public string? Take(int card)
    {
        var path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"glm-studio-cuda-{card}.lock"));
        lock (_gate)
        {
            if (_mine.ContainsKey(card)) return null;
            try
            {
                // The system frees the lock with the process, whatever ends it.
                _mine[card] = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
                File.WriteAllText($"{path}.owner", string.Create(CultureInfo.InvariantCulture, $"process {Environment.ProcessId} ({Path.GetFileName(Environment.ProcessPath)})"));
                return null;
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                return Owner($"{path}.owner");
            }
        }
    }

    public void Dispose()
    {
        foreach (var file in _mine.Values) file.Dispose();
    }

    private static string Owner(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return "another process";
        }
    }
}
