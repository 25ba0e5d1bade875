namespace GlmStudio.Engine.Transcription;

/// <summary>The recognition network's classes: 0 is "no character", then the lines of its key file, then the space.</summary>
internal sealed class KeyTable
{
    private readonly string[] _keys;
    private readonly Dictionary<int, int[]> _shapes = [];

    private KeyTable(string[] keys)
    {
        _keys = keys;
        foreach (var group in keys.Index().GroupBy(k => Lookalikes.GroupOf(k.Item)))
        {
            if (group.Key is null) continue;
            var members = group.Select(k => k.Index).ToArray();
            foreach (var member in members) _shapes[member] = members;
        }
    }

    /// <summary>Number of classes.</summary>
    public int Count => _keys.Length;

    /// <summary>The character of a class; empty for class 0.</summary>
    public string this[int index] => _keys[index];

    /// <summary>The classes whose characters look like this one's, itself included; null where there are none.</summary>
    public int[]? ShapeOf(int index) => _shapes.GetValueOrDefault(index);

    /// <summary>Makes a table of these characters, each one or two UTF-16 units.</summary>
    public static KeyTable Of(IEnumerable<string> characters) => new([string.Empty, .. characters, " "]);

    /// <exception cref="EngineException">The file is missing.</exception>
    public static KeyTable Load(string path) => File.Exists(path)
        ? Of(File.ReadLines(path))
        : throw new EngineException(EngineFault.BadCheckpoint, $"The key file {path} is missing. The build copies it from npm: build again, or restore the file.");
}
