using System.Security.Cryptography;

namespace GlmStudio.Engine.Sessions;

/// <summary>Image features by the image's content, least recently used out first when they exceed a budget of bytes. Safe for concurrent use.</summary>
internal sealed class FeatureCache<T>(long budget, Func<T, long> size) where T : class
{
    private readonly LinkedList<(string Key, T Value)> _order = new();
    private readonly Dictionary<string, LinkedListNode<(string Key, T Value)>> _entries = [];
    private readonly Lock _gate = new();
    private long _bytes;

    /// <summary>How often an entry was found.</summary>
    public long Hits { get; private set; }

    /// <summary>SHA-256 of the file and the page.</summary>
    public static string Key(ImageInput image) => $"{Convert.ToHexString(SHA256.HashData(image.Bytes.Span))}/{image.Page}";

    public T? Find(string key)
    {
        lock (_gate)
        {
            if (!_entries.TryGetValue(key, out var node)) return null;
            _order.Remove(node);
            _order.AddFirst(node);
            Hits++;
            return node.Value.Value;
        }
    }

    public void Add(string key, T value)
    {
        lock (_gate)
        {
            if (_entries.ContainsKey(key) || size(value) > budget) return;
            _entries[key] = _order.AddFirst((key, value));
            _bytes += size(value);
            while (_bytes > budget && _order.Last is { } oldest)
            {
                _order.RemoveLast();
                _entries.Remove(oldest.Value.Key);
                _bytes -= size(oldest.Value.Value);
            }
        }
    }
}
