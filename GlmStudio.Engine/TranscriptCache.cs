using System.Security.Cryptography;
using GlmStudio.Engine.Transcription;

namespace GlmStudio.Engine;

/// <summary>The transcripts read last, by the picture's content, so that a second question about a page does not read it again.</summary>
/// <param name="budget">Most bytes to hold, estimated.</param>
internal sealed class TranscriptCache(long budget)
{
    // A character's text, its box and the list's slot.
    private const int BytesPerCharacter = 64;
    private const int BytesPerLine = 256;

    private readonly Dictionary<string, LinkedListNode<(string Key, Transcript Page, long Size)>> _byKey = [];
    private readonly LinkedList<(string Key, Transcript Page, long Size)> _recent = [];
    private readonly Lock _lock = new();
    private long _size;

    /// <summary>Names a page: the hash of the file, and the page's number.</summary>
    public static string KeyOf(ImageInput image) => $"{Convert.ToHexString(SHA256.HashData(image.Bytes.Span))}/{image.Page}";

    public Transcript? Find(string key)
    {
        lock (_lock)
        {
            if (!_byKey.TryGetValue(key, out var node))
                return null;
            _recent.Remove(node);
            _recent.AddFirst(node);
            return node.Value.Page;
        }
    }

    public void Add(string key, Transcript page)
    {
        var size = page.Lines.Sum(l => BytesPerLine + (long)l.Text.Length * BytesPerCharacter);
        lock (_lock)
        {
            if (size > budget || _byKey.ContainsKey(key))
                return;
            _byKey[key] = _recent.AddFirst((key, page, size));
            _size += size;
            while (_size > budget)
                Drop(_recent.Last!);
        }
    }

    private void Drop(LinkedListNode<(string Key, Transcript Page, long Size)> node)
    {
        _size -= node.Value.Size;
        _byKey.Remove(node.Value.Key);
        _recent.Remove(node);
    }
}
