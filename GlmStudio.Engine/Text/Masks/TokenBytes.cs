using System.Text;
using GlmStudio.Engine.Prompts;
using GlmStudio.Engine.Text.Grammars;

namespace GlmStudio.Engine.Text.Masks;

/// <summary>A vocabulary as the masks need it: tokens of whole plain characters apart, by their number of characters, and all tokens in tries.</summary>
/// <remarks>Nine tokens in ten hold nothing but plain characters. Inside a free text they are permitted by their length alone, and only the rest is walked.
/// Added tokens (<c>&lt;|user|&gt;</c>) are in none of them: their letters are not what they mean.</remarks>
internal sealed class TokenBytes
{
    /// <summary>Plain tokens of more characters are among the others.</summary>
    public const int MostPlain = 32;

    private readonly Tokenizer? _tokenizer;
    private readonly ulong[][] _plainUpTo;
    private readonly ReadOnlyMemory<byte>[] _bytes;
    private readonly KindTries _kinds;

    /// <param name="tokenizer">The vocabulary.</param>
    /// <param name="size">Logits the model gives, at least as many as there are tokens.</param>
    public TokenBytes(Tokenizer tokenizer, int size)
        : this(Enumerable.Range(0, tokenizer.Size).Select(id => (id, tokenizer.IsAdded(id) ? default : tokenizer.Bytes(id))), size) => _tokenizer = tokenizer;

    /// <param name="tokens">Ids and bytes; those without bytes never come.</param>
    /// <param name="size">Logits the model gives.</param>
    public TokenBytes(IEnumerable<(int Id, ReadOnlyMemory<byte> Bytes)> tokens, int size)
    {
        Size = size;
        var known = tokens.Where(t => !t.Bytes.IsEmpty && t.Id < size).Select(t => (t.Id, t.Bytes, Characters: PlainCharacters(t.Bytes.Span))).ToList();
        // Sorted once for all tries.
        known.Sort(static (a, b) => a.Bytes.Span.SequenceCompareTo(b.Bytes.Span) is var order and not 0 ? order : a.Id.CompareTo(b.Id));
        Plain = [.. Enumerable.Range(1, MostPlain).Select(n => new TokenTrie<byte>(known.Where(t => t.Characters == n).Select(t => (t.Id, t.Bytes))))];
        Others = new TokenTrie<byte>(known.Where(t => t.Characters is 0 or > MostPlain).Select(t => (t.Id, t.Bytes)));
        All = new TokenTrie<byte>(known.Select(t => (t.Id, t.Bytes)));
        _bytes = new ReadOnlyMemory<byte>[size];
        foreach (var (id, bytes, _) in known) _bytes[id] = bytes;
        _plainUpTo = new ulong[MostPlain + 1][];
        _plainUpTo[0] = new ulong[(size + 63) / 64];
        for (var n = 1; n <= MostPlain; n++)
        {
            _plainUpTo[n] = (ulong[])_plainUpTo[n - 1].Clone();
            foreach (var (id, _, _) in known.Where(t => t.Characters == n)) _plainUpTo[n][id >> 6] |= 1UL << (id & 63);
        }
        (Characters, CharacterCount, _kinds) = InCharacters([.. known.Where(t => t.Characters is > 0 and <= MostPlain).Select(t => (t.Id, t.Bytes))]);
    }

    public int Size { get; }

    /// <summary>Tokens of exactly 1, 2, … plain characters.</summary>
    public IReadOnlyList<TokenTrie<byte>> Plain { get; }

    /// <summary>Tokens with a quote, a backslash, a control character or half a character, and very long ones.</summary>
    public TokenTrie<byte> Others { get; }

    public TokenTrie<byte> All { get; }

    /// <summary>The characters that plain tokens are made of, numbered in their order.</summary>
    public TokenTrie<byte> Characters { get; }

    /// <summary>How many they are.</summary>
    public int CharacterCount { get; }

    /// <summary>The plain tokens of up to <see cref="MostPlain"/> characters as sequences of kinds.</summary>
    /// <param name="kindOf">The kind of each of <see cref="Characters"/>; not changed any more.</param>
    public KindTrie ByKinds(byte[] kindOf) => _kinds.Of(kindOf);

    /// <summary>Bits of the tokens of at most so many plain characters.</summary>
    public ReadOnlySpan<ulong> PlainUpTo(int characters) => _plainUpTo[characters];

    /// <summary>Bytes of a token.</summary>
    public ReadOnlyMemory<byte> Bytes(int id) => _bytes[id];

    /// <summary>Bytes as tokens: as the tokenizer splits them, or longest first where it would give something else.</summary>
    public List<int> Encode(ReadOnlySpan<byte> bytes)
    {
        var text = Encoding.UTF8.GetString(bytes);
        if (_tokenizer is not null && _tokenizer.Encode(text, allowSpecial: false) is var ids && Spell(ids, bytes)) return ids;
        ids = [];
        while (!bytes.IsEmpty)
        {
            var (id, length) = Longest(bytes);
            ids.Add(id);
            bytes = bytes[length..];
        }
        return ids;
    }

    // The tokenizer may compose characters, or see an added token in the text.
    private bool Spell(List<int> ids, ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        foreach (var id in ids)
        {
            var part = _tokenizer!.Bytes(id).Span;
            if (_tokenizer.IsAdded(id) || !bytes[at..].StartsWith(part)) return false;
            at += part.Length;
        }
        return at == bytes.Length;
    }

    private (int Id, int Length) Longest(ReadOnlySpan<byte> bytes)
    {
        for (var length = Math.Min(bytes.Length, All.Deepest); length > 0; length--)
            if (All.Find(bytes[..length]) is var node and >= 0 && All.Tokens(node) is [var id, ..]) return (id, length);
        throw new EngineException(EngineFault.BadCheckpoint, $"tokenizer.json has no token for the byte 0x{bytes[0]:X2}; a form of the answer needs one for each.");
    }

    // Characters are numbered in the order of their bytes, so that tokens keep their order.
    private static (TokenTrie<byte> Characters, int Count, KindTries Kinds) InCharacters(List<(int Id, ReadOnlyMemory<byte> Bytes)> plain)
    {
        var seen = new SortedSet<int>(plain.SelectMany(t => Encoding.UTF8.GetString(t.Bytes.Span).EnumerateRunes().Select(r => r.Value)));
        var numbers = seen.Index().ToDictionary(c => c.Item, c => c.Index);
        var words = plain.Select(t => (t.Id, (ReadOnlyMemory<int>)Encoding.UTF8.GetString(t.Bytes.Span).EnumerateRunes().Select(r => numbers[r.Value]).ToArray()));
        var characters = seen.Select(c => (numbers[c], (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(char.ConvertFromUtf32(c))));
        return (new TokenTrie<byte>(characters), numbers.Count, new KindTries(new TokenTrie<int>(words)));
    }

    private static int PlainCharacters(ReadOnlySpan<byte> bytes)
    {
        var count = 0;
        while (!bytes.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(bytes, out var rune, out var length) != System.Buffers.OperationStatus.Done || !CharacterRules.IsPlainInJson(rune.Value)) return 0;
            count++;
            bytes = bytes[length..];
        }
        return count;
    }
}
