namespace GlmStudio.Engine.Images;

/// <summary>Large arrays that are used again: every few megabytes of new ones would make the collector look through all objects, for each picture once or more.</summary>
/// <remarks>Arrays have exactly the length that is asked for: pictures of one camera or scanner are of one size. What is never given back is forgotten like any array.</remarks>
internal sealed class PixelMemory
{
    // About as many as are on their way at once; one of the largest pictures is not kept.
    private const int MostArrays = 16;
    private const long MostBytes = 64L << 20;

    private readonly LinkedList<byte[]> _kept = new();
    private readonly Lock _gate = new();
    private long _bytes;

    /// <summary>The process's.</summary>
    public static PixelMemory Shared { get; } = new();

    /// <summary>An array whose content is anything.</summary>
    public byte[] Take(int length)
    {
        lock (_gate)
        {
            for (var node = _kept.First; node is not null; node = node.Next)
            {
                if (node.Value.Length != length) continue;
                _kept.Remove(node);
                _bytes -= length;
                return node.Value;
            }
        }
        return GC.AllocateUninitializedArray<byte>(length);
    }

    /// <summary>Gives an array back that nobody uses any more. Those that were not asked for longest make room.</summary>
    public void Return(byte[] array)
    {
        lock (_gate)
        {
            _kept.AddFirst(array);
            _bytes += array.Length;
            while (_kept.Count > MostArrays || _bytes > MostBytes)
            {
                _bytes -= _kept.Last!.Value.Length;
                _kept.RemoveLast();
            }
        }
    }
}
