using System.Collections.Frozen;
using System.Text.Json;

namespace GlmStudio.Engine.Prompts;

/// <summary>What <c>tokenizer.json</c> says, checked: byte-level BPE with a split pattern and added tokens.</summary>
internal sealed record TokenizerFile(
    FrozenDictionary<string, int> Vocabulary, FrozenDictionary<(int Left, int Right), (int Rank, int Joined)> Merges, bool IgnoreMerges,
    string Pattern, bool Composes, IReadOnlyList<AddedToken> Added, int Size)
{
    private const long MaxBytes = 200_000_000;
    private const int MaxId = 4_000_000;

    public static TokenizerFile Read(string path)
    {
        if (!File.Exists(path)) throw Bad($"{Path.GetFileName(path)} is missing from {Path.GetDirectoryName(path)}: copy the whole checkpoint.");
        if (new FileInfo(path).Length > MaxBytes) throw Bad($"tokenizer.json has {new FileInfo(path).Length:N0} bytes, the limit is {MaxBytes:N0}.");
        return Parse(File.ReadAllBytes(path));
    }

    internal static TokenizerFile Parse(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            using var json = JsonDocument.Parse(utf8);
            return Parse(json.RootElement);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or ArgumentException or IndexOutOfRangeException)
        {
            throw Bad($"tokenizer.json cannot be read: {fault.Message}", fault);
        }
    }

    private static TokenizerFile Parse(JsonElement root)
    {
        var model = root.GetProperty("model");
        if (model.GetProperty("type").GetString() is var type && type != "BPE") throw Bad($"tokenizer.json: the model is of type {type}, expected BPE.");
        var vocabulary = ReadVocabulary(model.GetProperty("vocab"));
        var added = root.TryGetProperty("added_tokens", out var tokens) ? tokens.EnumerateArray().Select(Token).ToList() : [];
        if (added.GroupBy(t => t.Content).FirstOrDefault(g => g.Count() > 1) is { } twice) throw Bad($"tokenizer.json lists the added token \"{twice.Key}\" twice.");
        var (pattern, composes) = (ReadPattern(root.GetProperty("pre_tokenizer")), ReadNormalizer(root));
        return new TokenizerFile(vocabulary, ReadMerges(model.GetProperty("merges"), vocabulary), Flag(model, "ignore_merges"), pattern, composes, added,
            vocabulary.Values.Concat(added.Select(t => t.Id)).DefaultIfEmpty(-1).Max() + 1);
    }

    private static FrozenDictionary<string, int> ReadVocabulary(JsonElement vocab) =>
        vocab.EnumerateObject().DistinctBy(e => e.Name).Select(e => KeyValuePair.Create(e.Name, Id(e.Value.GetInt32()))).ToFrozenDictionary(StringComparer.Ordinal);

    // A merge is ["left", "right"], or "left right" in older files. The result is the entry of both letters together.
    private static FrozenDictionary<(int, int), (int, int)> ReadMerges(JsonElement merges, FrozenDictionary<string, int> vocabulary)
    {
        var table = new Dictionary<(int, int), (int, int)>();
        var rank = 0;
        foreach (var merge in merges.EnumerateArray())
        {
            var (left, right) = Pair(merge);
            if (!vocabulary.TryGetValue(left, out var leftId) || !vocabulary.TryGetValue(right, out var rightId) || !vocabulary.TryGetValue(left + right, out var joined))
                throw Bad($"tokenizer.json: merge {rank} joins \"{left}\" and \"{right}\", but the vocabulary lacks one of them or the result.");
            table.TryAdd((leftId, rightId), (rank++, joined));
        }
        return table.ToFrozenDictionary();
    }

    private static (string Left, string Right) Pair(JsonElement merge)
    {
        if (merge.ValueKind == JsonValueKind.Array && merge.GetArrayLength() == 2) return (merge[0].GetString() ?? "", merge[1].GetString() ?? "");
        var text = merge.GetString() ?? "";
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        return space > 0 ? (text[..space], text[(space + 1)..]) : throw Bad($"tokenizer.json: \"{text}\" is not a merge of two entries.");
    }

    private static string ReadPattern(JsonElement pre)
    {
        JsonElement[] parts = pre.GetProperty("type").GetString() == "Sequence" ? [.. pre.GetProperty("pretokenizers").EnumerateArray()] : [pre];
        string? pattern = null;
        foreach (var part in parts)
        {
            var type = part.GetProperty("type").GetString();
            if (type is not ("Split" or "ByteLevel")) throw Bad($"tokenizer.json: the pre-tokenizer {type} is not supported; expected Split and ByteLevel.");
            if (type == "Split" && (part.GetProperty("behavior").GetString() != "Isolated" || Flag(part, "invert")))
                throw Bad("tokenizer.json: the split pattern must be \"Isolated\" and not inverted.");
            if (type == "ByteLevel" && Flag(part, "add_prefix_space")) throw Bad("tokenizer.json: add_prefix_space is not supported.");
            if (type == "Split" || Flag(part, "use_regex"))
                pattern = pattern is null ? PatternOf(part, type) : throw Bad("tokenizer.json: more than one split pattern is not supported.");
        }
        return pattern ?? @"[\s\S]+";
    }

    private static string PatternOf(JsonElement part, string type)
    {
        if (type == "ByteLevel") return PreTokenizer.ByteLevelPattern;
        var pattern = part.GetProperty("pattern");
        if (pattern.TryGetProperty("Regex", out var regex)) return regex.GetString() ?? "";
        return System.Text.RegularExpressions.Regex.Escape(pattern.GetProperty("String").GetString() ?? "");
    }

    private static bool ReadNormalizer(JsonElement root)
    {
        if (!root.TryGetProperty("normalizer", out var normalizer) || normalizer.ValueKind == JsonValueKind.Null) return false;
        var type = normalizer.GetProperty("type").GetString();
        return type == "NFC" ? true : throw Bad($"tokenizer.json: the normalizer {type} is not supported; expected none or NFC.");
    }

    private static AddedToken Token(JsonElement token) => new(Id(token.GetProperty("id").GetInt32()), token.GetProperty("content").GetString() ?? "",
        Flag(token, "special"), Flag(token, "lstrip"), Flag(token, "rstrip"), Flag(token, "single_word"));

    private static int Id(int id) => id is >= 0 and <= MaxId ? id : throw Bad($"tokenizer.json: the id {id} is out of range.");

    private static bool Flag(JsonElement element, string name) => element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    private static EngineException Bad(string message, Exception? inner = null) => new(EngineFault.BadCheckpoint, message, inner);
}
