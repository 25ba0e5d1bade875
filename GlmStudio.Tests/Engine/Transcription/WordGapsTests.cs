using GlmStudio.Engine.Transcription;

namespace GlmStudio.Tests.Engine.Transcription;

public sealed class WordGapsTests
{
    [Fact]
    public void Restore_WideWhiteBetweenLetters_BecomesASpace() => Assert.Equal("ab cd", Restore("abcd", [3, 16, 3]));

    [Fact]
    public void Restore_LettersCloseTogether_StayOneWord() => Assert.Equal("abcd", Restore("abcd", [3, 4, 5]));

    [Fact]
    public void Restore_TypewriterFace_NeedsMoreThanItsUsualWhite() => Assert.Equal("abil cd", Restore("abilcd", [8, 10, 14, 28, 8]));

    [Fact]
    public void Restore_ThinLettersInATypewriterFace_StayInTheirWord() => Assert.Equal("Jalan enen", Restore("Jalanenen", [4, 14, 14, 4, 28, 4, 4, 4]));

    [Fact]
    public void Restore_ChineseCharacters_GetNoSpace() => Assert.Equal("合计ab", Restore("合计ab", [16, 16, 3]));

    [Theory]
    [InlineData("16:05")]
    [InlineData("8.10")]
    public void Restore_PointsInNumbers_GetNoSpace(string text) => Assert.Equal(text, Restore(text, [.. Enumerable.Repeat(14, text.Length - 1)]));

    [Fact]
    public void Restore_OneCharacter_StaysAlone() => Assert.Equal("a", Restore("a", []));

    /// <summary>Draws a bar 14 columns wide for each character, with the given white between two.</summary>
    private static string Restore(string text, int[] gaps)
    {
        var width = text.Length * 14 + gaps.Sum();
        var plane = new float[48 * width];
        Array.Fill(plane, 1f);
        var seen = new List<SeenCharacter>();
        for (int i = 0, x = 0; i < text.Length; x += 14 + gaps.ElementAtOrDefault(i), i++)
        {
            for (var y = 12; y < 36; y++) plane.AsSpan(y * width + x, 14).Fill(-1);
            seen.Add(new SeenCharacter(text[i].ToString(), 1, x + 7));
        }
        return string.Concat(WordGaps.Restore(seen, plane, width, width, 1).Select(c => c.Text));
    }
}
