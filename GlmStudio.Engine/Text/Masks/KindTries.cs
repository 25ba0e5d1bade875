using System.Runtime.InteropServices;

namespace GlmStudio.Engine.Text.Masks;

/// <summary>A vocabulary's plain tokens by kinds of characters, once for all patterns that tell the same characters apart. Safe for concurrent use.</summary>
/// <param name="words">The plain tokens as sequences of characters.</param>
internal sealed class KindTries(TokenTrie<int> words)
{
    private const long MostBytes = 64L << 20;

    private readonly Lock _gate = new();
    private readonly Dictionary<byte[], KindTrie> _known = new(new SameBytes());
    private long _bytes;

    /// <summary>The tokens by kinds.</summary>
    /// <param name="kindOf">The kind of each character; not changed any more.</param>
    public KindTrie Of(byte[] kindOf)
    {
        lock (_gate)
        {
            if (_known.TryGetValue(kindOf, out var known)) return known;
            if (_bytes > MostBytes)
            {
                _known.Clear();
                _bytes = 0;
            }
            _known[kindOf] = known = new KindTrie(words, kindOf);
            _bytes += known.Bytes + kindOf.Length;
            return known;
        }
    }

    private sealed class SameBytes : IEqualityComparer<byte[]>
    {
        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(byte[] obj)
        {
            var hash = new HashCode();
            hash.AddBytes(MemoryMarshal.AsBytes(obj.AsSpan()));
            return hash.ToHashCode();
        }
    }
}
