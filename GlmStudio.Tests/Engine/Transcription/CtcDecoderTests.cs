using GlmStudio.Engine.Transcription;

namespace GlmStudio.Tests.Engine.Transcription;

public sealed class CtcDecoderTests
{
    private static readonly KeyTable Keys = KeyTable.Of(["a", "b", "𣇉"]);

    [Fact]
    public void Decode_OnlyBlanks_IsEmpty() => Assert.Empty(Decode("---"));

    [Fact]
    public void Decode_NoSteps_IsEmpty() => Assert.Empty(CtcDecoder.Decode([], Keys));

    [Theory]
    [InlineData("aab-", "ab")]
    [InlineData("aa-a", "aa")]
    [InlineData("-a-b-", "ab")]
    [InlineData("ab", "ab")]
    [InlineData("a b", "a b")]
    [InlineData("𣇉", "𣇉")]
    public void Decode_BestClasses_MergesRepeatsAndDropsBlanks(string steps, string text) =>
        Assert.Equal(text, string.Concat(Decode(steps).Select(c => c.Text)));

    [Fact]
    public void Decode_RepeatedCharacter_StandsInTheMiddleOfItsSteps() => Assert.Equal(3, Assert.Single(Decode("--aa-")).Centre);

    [Fact]
    public void Decode_RepeatedCharacter_TakesItsHighestProbability()
    {
        var seen = CtcDecoder.Decode([0, 0.5f, 0, 0, 0, 0, 0.9f, 0, 0, 0], Keys);

        Assert.Equal(0.9f, Assert.Single(seen).Score);
    }

    [Fact]
    public void Decode_NotANumber_IsTakenAsBlank() => Assert.Empty(CtcDecoder.Decode([float.NaN, float.NaN, float.NaN, float.NaN, float.NaN], Keys));

    private static List<SeenCharacter> Decode(string steps)
    {
        var characters = new List<string> { "-", "a", "b", "𣇉", " " };
        var rows = steps.EnumerateRunes().Select(r => characters.IndexOf(r.ToString()));
        return CtcDecoder.Decode([.. rows.SelectMany(index => Enumerable.Range(0, 5).Select(i => i == index ? 0.9f : 0.02f))], Keys);
    }
}
