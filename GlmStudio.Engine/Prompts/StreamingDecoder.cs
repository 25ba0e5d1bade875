using System.Text;

namespace GlmStudio.Engine.Prompts;

/// <summary>Tokens → text as they come, never half a character: bytes wait until they complete one.</summary>
public sealed class StreamingDecoder(Tokenizer tokenizer)
{
    private readonly Decoder _utf8 = Encoding.UTF8.GetDecoder();

    /// <summary>The text a token completes; may be empty.</summary>
    public string Push(int id) => Convert(tokenizer.Bytes(id).Span, flush: false);

    /// <summary>What is left at the end: U+FFFD for a character that was cut off, or nothing.</summary>
    public string Flush() => Convert([], flush: true);

    private string Convert(ReadOnlySpan<byte> bytes, bool flush)
    {
        var text = new char[_utf8.GetCharCount(bytes, flush)];
        var count = _utf8.GetChars(bytes, text, flush);
        return new string(text, 0, count);
    }
}
