using System.Collections.Frozen;
using System.Text;

namespace GlmStudio.Engine.Prompts;

/// <summary>The printable stand-ins that byte-level vocabularies use for bytes (GPT-2's byte_to_unicode).</summary>
/// <remarks>Printable Latin-1 bytes stand for themselves; the 68 others take U+0100 upwards in order.</remarks>
internal static class ByteAlphabet
{
    private static readonly char[] Letters = Build();
    private static readonly FrozenDictionary<char, byte> Values = Letters.Select((letter, value) => (letter, value)).ToFrozenDictionary(p => p.letter, p => (byte)p.value);

    public static char Letter(byte value) => Letters[value];

    /// <summary>The bytes a vocabulary entry stands for, or null where it holds a letter outside the alphabet.</summary>
    public static byte[]? Bytes(string entry)
    {
        var bytes = new byte[entry.Length];
        for (var i = 0; i < entry.Length; i++)
            if (!Values.TryGetValue(entry[i], out bytes[i])) return null;
        return bytes;
    }

    /// <summary>A text's UTF-8 bytes as letters.</summary>
    public static string Encode(ReadOnlySpan<char> text)
    {
        var bytes = new byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
        var count = Encoding.UTF8.GetBytes(text, bytes);
        return string.Create(count, bytes, static (letters, source) =>
        {
            for (var i = 0; i < letters.Length; i++) letters[i] = Letters[source[i]];
        });
    }

    private static char[] Build()
    {
        var letters = new char[256];
        var next = 256;
        for (var value = 0; value < 256; value++)
            letters[value] = value is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or (>= 0xAE and <= 0xFF) ? (char)value : (char)next++;
        return letters;
    }
}
