using System.Text.Json;
using GlmStudio.Engine.Model;

namespace GlmStudio.Engine.Prompts;

/// <summary>A <c>tokenizer.json</c> for a configuration that brings none: a token a byte, and the marks of the chat format. Enough to measure, not to answer.</summary>
internal static class PlainTokenizer
{
    private const int Bytes = 256;
    private static readonly string[] Marks = ["[gMASK]", "<sop>", "<|user|>", "<|assistant|>", "<think>", "</think>", "/nothink"];

    /// <exception cref="EngineException">The vocabulary is too small for 256 bytes and the marks.</exception>
    public static byte[] For(GlmConfig config)
    {
        var added = new SortedDictionary<int, string>
        {
            [config.ImageTokenId] = "<|image|>", [config.ImageMarkers.Start] = "<|begin_of_image|>", [config.ImageMarkers.End] = "<|end_of_image|>",
        };
        foreach (var (i, id) in config.StopTokenIds.Index()) added.TryAdd(id, $"<|stop{i}|>");
        var next = Bytes;
        foreach (var mark in Marks)
        {
            while (added.ContainsKey(next)) next++;
            added[next] = mark;
        }
        if (added.Keys.First() < Bytes || added.Keys.Last() >= config.Text.Vocabulary)
            throw new EngineException(EngineFault.BadCheckpoint, $"The configuration's {config.Text.Vocabulary:N0} tokens have no room for {Bytes} bytes and {added.Count} marks beside its special ids.");
        return JsonSerializer.SerializeToUtf8Bytes(new
        {
            added_tokens = added.Select(a => new { id = a.Key, content = a.Value, special = true }),
            pre_tokenizer = new { type = "ByteLevel", add_prefix_space = false, use_regex = true },
            model = new { type = "BPE", vocab = Enumerable.Range(0, Bytes).ToDictionary(b => ByteAlphabet.Letter((byte)b).ToString(), b => b), merges = Array.Empty<string>() },
        });
    }
}
