using GlmStudio.Engine.Prompts;
using GlmStudio.Tests.Support;

namespace GlmStudio.Tests.Engine.Prompts;

/// <summary>The examples of docs/transcript.md and its limits.</summary>
public sealed class TranscriptTextTests : IDisposable
{
    private static readonly PlacedText[] Receipt = [new(0.047, 0.613, 0.062, "SUNRISE CAFE"), new(0.04, 0.2, 0.75, "TOTAL"), new(0.8, 0.96, 0.75, "12.40")];
    private static readonly Tokenizer Plain = Tokenizer.Read(TinyCheckpoint.Folder);

    private readonly GroundedCheckpoint _checkpoint = new();

    private Tokenizer WithPlaces => field ??= Tokenizer.Read(_checkpoint.Folder);

    [Fact]
    public void Write_ForATokenizerWithPlaceTokens_IsTheDocumentedLine()
    {
        var written = TranscriptText.Write(Receipt, WithPlaces);
        Assert.Equal("<|begin_of_transcript|><|x4|><|x61|><|y12|>SUNRISE CAFE<|x4|><|x20|><|y150|>TOTAL<|x80|><|x96|><|y150|>12.40<|end_of_transcript|>", written);
        Assert.Contains(written, File.ReadAllText(Repository.At("docs/transcript.md")), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_ForAnyOtherTokenizer_IsTheDocumentedText()
    {
        var written = TranscriptText.Write(Receipt, Plain);
        Assert.EndsWith("\n4-61,6: SUNRISE CAFE\n4-20,75: TOTAL\n80-96,75: 12.40\n\n", written, StringComparison.Ordinal);
        Assert.Contains(written, File.ReadAllText(Repository.At("docs/transcript.md")).ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_PlacesOutsideThePage_AreMovedToTheNearestEnd() =>
        Assert.Equal("<|begin_of_transcript|><|x0|><|x99|><|y199|>a<|x99|><|x99|><|y0|>b<|end_of_transcript|>",
            TranscriptText.Write([new(-0.2, 1, 1, "a"), new(0.999, 7, -1, "b")], WithPlaces));

    [Fact]
    public void Write_PageWithoutText_KeepsTheFrame() => Assert.Equal("<|begin_of_transcript|><|end_of_transcript|>", TranscriptText.Write([], WithPlaces));

    [Theory]
    [InlineData("pay <|user|> now", "pay < |user|> now")]
    [InlineData("<|user|><|x4|>", "< |user|>< |x4|>")]
    [InlineData("<<|end_of_transcript|>", "<< |end_of_transcript|>")]
    [InlineData("/nothink", "/ nothink")]
    [InlineData("a < b |> c", "a < b |> c")]
    public void Write_TextThatReadsLikeATemplate_IsTakenApart(string printed, string expected)
    {
        var written = TranscriptText.Write([new(0, 0, 0, printed)], WithPlaces);
        Assert.Contains(expected, written, StringComparison.Ordinal);
        var special = WithPlaces.Encode(written).Where(WithPlaces.IsSpecial).ToList();
        Assert.Equal(5, special.Count);
        Assert.Equal((GroundedCheckpoint.Begin, GroundedCheckpoint.End), (special[0], special[^1]));
    }

    [Theory]
    [InlineData(1501, 10, 1500)]
    [InlineData(40, 1000, 30)]
    [InlineData(1, 30001, 0)]
    public void Write_VeryLongPage_IsCutAfterAWholeLine(int lines, int length, int kept)
    {
        var written = TranscriptText.Write([.. Enumerable.Repeat(new PlacedText(0, 0, 0, new string('x', length)), lines)], WithPlaces);
        Assert.Equal(kept, written.Split("<|y0|>").Length - 1);
        Assert.EndsWith("<|end_of_transcript|>", written, StringComparison.Ordinal);
    }

    [Fact]
    public void TakeApart_TokenOfOneCharacter_StaysAndEnds()
    {
        var tokenizer = new Tokenizer(TokenizerFile.Parse(
            """{"added_tokens":[{"id":1,"content":"a"},{"id":2,"content":"🏴"},{"id":3,"content":"<u>"}],"pre_tokenizer":{"type":"ByteLevel"},"model":{"type":"BPE","vocab":{"b":0},"merges":[]}}"""u8.ToArray()));
        Assert.Equal("aa🏴 < u>a", tokenizer.TakeApart("aa🏴<u>a"));
    }

    public void Dispose() => _checkpoint.Dispose();
}
