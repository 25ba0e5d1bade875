using System.Collections.Frozen;
using System.Text;

namespace GlmStudio.Engine.Prompts;

/// <summary>Text ↔ token ids, as the checkpoint's <c>tokenizer.json</c> says. Safe for concurrent use.</summary>
public sealed class Tokenizer
{
    /// <summary>Longest text that is encoded, in UTF-16 units.</summary>
    public const int MaxTextLength = 4_000_000;

    private readonly BytePairs _pairs;
    private readonly PreTokenizer _words;
    private readonly AddedTokenFinder _added;
    private readonly FrozenDictionary<string, AddedToken> _addedByText;
    private readonly bool _composes;
    private readonly byte[]?[] _bytes;
    private readonly FrozenSet<int> _special;
    private readonly FrozenSet<int> _addedIds;

    internal Tokenizer(TokenizerFile file)
    {
        _pairs = new BytePairs(file.Vocabulary, file.Merges, file.IgnoreMerges);
        _words = new PreTokenizer(file.Pattern);
        _composes = file.Composes;
        _added = new AddedTokenFinder(file.Added);
        _addedByText = file.Added.ToFrozenDictionary(t => t.Content, StringComparer.Ordinal);
        _special = file.Added.Where(t => t.IsSpecial).Select(t => t.Id).ToFrozenSet();
        _addedIds = file.Added.Select(t => t.Id).ToFrozenSet();
        _bytes = new byte[file.Size][];
        foreach (var (entry, id) in file.Vocabulary) _bytes[id] = ByteAlphabet.Bytes(entry);
        foreach (var token in file.Added) _bytes[token.Id] = Encoding.UTF8.GetBytes(token.Content);
    }

    /// <summary>Ids from 0 up to this are known; the model's table may be larger.</summary>
    public int Size => _bytes.Length;

    /// <summary>Reads a checkpoint's tokenizer.</summary>
    /// <exception cref="EngineException">The file is missing, damaged, or of a kind not supported; the message says which part.</exception>
    public static Tokenizer Read(string folder) => new(TokenizerFile.Read(Path.Combine(folder, "tokenizer.json")));

    /// <summary>The id of an added token's text, or null.</summary>
    public int? AddedId(string content) => _addedByText.TryGetValue(content, out var token) ? token.Id : null;

    /// <summary>Whether decoding for people leaves a token out.</summary>
    public bool IsSpecial(int id) => _special.Contains(id);

    /// <summary>Whether a token is matched as a whole, as <c>&lt;think&gt;</c> is, instead of being built of letters.</summary>
    public bool IsAdded(int id) => _addedIds.Contains(id);

    /// <summary>The bytes a token stands for; empty for ids without a token.</summary>
    public ReadOnlyMemory<byte> Bytes(int id) => (uint)id < (uint)_bytes.Length ? _bytes[id] : default;

    /// <summary>Encodes a text. Added tokens in it are recognised, special ones only if asked: a user's text must not speak as the template.</summary>
    /// <param name="text">Any text up to <see cref="MaxTextLength"/>.</param>
    /// <param name="allowSpecial">Whether <c>&lt;|user|&gt;</c> in the text is the token (a rendered template) or its letters (a person's words).</param>
    public List<int> Encode(string text, bool allowSpecial = true)
    {
        if (text.Length > MaxTextLength)
            throw new EngineException(EngineFault.BadRequest, $"The text has {text.Length:N0} characters, the limit is {MaxTextLength:N0}.");
        var ids = new List<int>(text.Length / 2);
        var at = 0;
        for (var from = 0; _added.Next(text, from) is { } found; from = found.End)
        {
            if (found.Token.IsSpecial && !allowSpecial) continue;
            Words(text[at..found.Start], ids);
            ids.Add(found.Token.Id);
            at = found.End;
        }
        Words(text[at..], ids);
        return ids;
    }

    /// <summary>A stranger's text so that no added token is in it: a space after the first character of whatever reads like one.</summary>
    public string TakeApart(string text)
    {
        for (var from = 0; _added.Next(text, from) is { } found; from++)
        {
            var content = found.Token.Content;
            from = text.IndexOf(content, found.Start, StringComparison.Ordinal) + (char.IsHighSurrogate(content[0]) ? 1 : 0);
            // A token of one character says nothing of the template, and cannot be taken apart.
            if (from + 1 < text.Length && content.Length > 1) text = text.Insert(from + 1, " ");
        }
        return text;
    }

    /// <summary>Decodes ids; bytes that are no valid UTF-8 become U+FFFD.</summary>
    public string Decode(IEnumerable<int> ids, bool skipSpecial = false)
    {
        var bytes = new MemoryStream();
        foreach (var id in ids)
            if (!skipSpecial || !IsSpecial(id)) bytes.Write(Bytes(id).Span);
        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    private void Words(string text, List<int> ids)
    {
        if (text.Length == 0) return;
        foreach (var word in _words.Split(_composes ? text.Normalize(NormalizationForm.FormC) : text)) _pairs.Encode(ByteAlphabet.Encode(word), ids);
    }
}
