using System.Buffers.Binary;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;

namespace GlmStudio.Engine.Checkpoints;

/// <summary>Writes one safetensors file piece by piece, in any order and from several threads: nothing but the pieces at hand is in memory.</summary>
internal sealed class SafetensorsWriter : IDisposable
{
    private readonly SafeFileHandle _file;
    private readonly Dictionary<string, long> _starts = new(StringComparer.Ordinal);

    /// <summary>Creates the file and writes its header.</summary>
    /// <param name="path">A file that is not there yet.</param>
    /// <param name="tensors">Name, type and shape of every tensor.</param>
    public SafetensorsWriter(string path, IReadOnlyCollection<(string Name, TensorType Type, IReadOnlyList<long> Shape)> tensors)
    {
        var (entries, at) = (new Dictionary<string, object>(), 0L);
        foreach (var (name, type, shape) in tensors)
        {
            _starts[name] = at;
            at += Bytes(type, shape);
            entries[name] = new { dtype = type.ToString(), shape, data_offsets = new[] { _starts[name], at } };
        }
        var header = Header(JsonSerializer.SerializeToUtf8Bytes(entries));
        foreach (var name in _starts.Keys) _starts[name] += header.Length;
        Length = header.Length + at;
        _file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, preallocationSize: Length);
        RandomAccess.Write(_file, header, 0);
    }

    /// <summary>Bytes of the whole file.</summary>
    public long Length { get; }

    /// <summary>Bytes of a tensor.</summary>
    public static long Bytes(TensorType type, IReadOnlyList<long> shape) => shape.Aggregate((long)type.Size(), (product, d) => checked(product * d));

    /// <summary>Writes a piece of a tensor.</summary>
    /// <param name="tensor">The tensor's name.</param>
    /// <param name="at">Where in the tensor, in bytes.</param>
    /// <param name="bytes">Little-endian numbers.</param>
    public void Write(string tensor, long at, ReadOnlySpan<byte> bytes) => RandomAccess.Write(_file, bytes, _starts[tensor] + at);

    /// <summary>Waits until everything is on the disk.</summary>
    public void Flush() => RandomAccess.FlushToDisk(_file);

    public void Dispose() => _file.Dispose();

    // Data begin at a multiple of 64 bytes, padded with spaces as the format allows.
    private static byte[] Header(byte[] json)
    {
        var header = new byte[(8 + json.Length + 63) / 64 * 64];
        header.AsSpan(8 + json.Length).Fill((byte)' ');
        BinaryPrimitives.WriteInt64LittleEndian(header, header.Length - 8);
        json.CopyTo(header, 8);
        return header;
    }
}
