using System.Globalization;
using System.Text;

namespace GlmStudio.Engine.Prompts;

/// <summary>The text of a page as a part of a prompt; docs/transcript.md is its description.</summary>
public static class TranscriptText
{
    /// <summary>Opens a transcript. A tokenizer that has it has the place tokens too.</summary>
    public const string Begin = "<|begin_of_transcript|>";

    /// <summary>Closes a transcript.</summary>
    public const string End = "<|end_of_transcript|>";

    private const string Heading = "Text printed on the picture, line by line (left-right,middle in percent of the page: text):\n";
    private const int Columns = 100;
    private const int Rows = 200;
    private const int MostLines = 1_500;
    private const int MostCharacters = 30_000;

    /// <summary>Writes the page as a tokenizer understands it best: with place tokens where it has them, in plain words otherwise.</summary>
    /// <param name="lines">The page's lines in reading order.</param>
    /// <param name="tokenizer">The checkpoint's tokenizer; what reads like one of its tokens is taken apart.</param>
    public static string Write(IReadOnlyList<PlacedText> lines, Tokenizer tokenizer)
    {
        var hasPlaces = tokenizer.AddedId(Begin) is not null;
        var text = new StringBuilder(hasPlaces ? Begin : Heading);
        foreach (var line in Fitting(lines)) Append(text, line with { Text = tokenizer.TakeApart(line.Text) }, hasPlaces);
        return text.Append(hasPlaces ? End : "\n").ToString();
    }

    /// <summary>Whether a checkpoint's tokenizer has the transcript's tokens, by a look at the file. JSON may escape the angle brackets.</summary>
    public static bool IsKnownTo(string folder) =>
        Path.Combine(folder, "tokenizer.json") is var file && File.Exists(file) && File.ReadAllBytes(file).AsSpan().IndexOf("|begin_of_transcript|"u8) >= 0;

    private static void Append(StringBuilder text, PlacedText line, bool hasPlaces)
    {
        var (left, right, middle) = (Step(line.Left, Columns), Step(line.Right, Columns), Step(line.Middle, Rows));
        if (hasPlaces) text.Append(CultureInfo.InvariantCulture, $"<|x{left}|><|x{right}|><|y{middle}|>{line.Text}");
        else text.Append(CultureInfo.InvariantCulture, $"{left}-{right},{middle / 2}: {line.Text}\n");
    }

    private static int Step(double fraction, int steps) => (int)Math.Clamp(Math.Floor(fraction * steps), 0, steps - 1);

    private static IEnumerable<PlacedText> Fitting(IReadOnlyList<PlacedText> lines)
    {
        var characters = 0;
        return lines.Take(MostLines).TakeWhile(line => (characters += line.Text.Length) <= MostCharacters);
    }
}
