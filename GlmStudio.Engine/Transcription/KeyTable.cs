namespace GlmStudio.Engine.Transcription;

/// <summary>The recognition network's classes: 0 is "no character", then the lines of its key file, then the space.</summary>
internal sealed class KeyTable
{
    private readonly string[] _keys;

    private KeyTable(string[] keys) => _keys = keys;

    /// <summary>Number of classes.</summary>
    public int Count => _keys.Length;

    /// <summary>The character of a class; empty for class 0.</summary>
    public string this[int index] => _keys[index];

    /// <summary>Makes a table of these characters, each one or two UTF-16 units.</summary>
    public static KeyTable Of(IEnumerable<string> characters) => new([string.Empty, .. characters, " "]);

    /// <exception cref="EngineException">The file is missing.</exception>
    public static KeyTable Load(string path) => File.Exists(path)
        ? Of(File.ReadLines(path))
        : throw new EngineException(EngineFault.BadCheckpoint, $"The key file {path} is missing. The build copies it from npm: build again, or restore the file.");
}
