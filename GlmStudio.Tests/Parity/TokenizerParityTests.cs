using GlmStudio.Engine.Prompts;

namespace GlmStudio.Tests.Parity;

public sealed class TokenizerParityTests
{
    public static TheoryData<string> Models => [.. ReferenceModel.Names];

    [Theory]
    [MemberData(nameof(Models))]
    public void Encode_RecordedTexts_GivesTheReferencesIds(string model)
    {
        var reference = ReferenceModel.Open(model);
        var tokenizer = Tokenizer.Read(reference.CheckpointFolder);
        Assert.NotEmpty(reference.Recorded.Tokenizer);
        Assert.All(reference.Recorded.Tokenizer, e => Assert.Equal(e.Ids, tokenizer.Encode(e.Text)));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Decode_RecordedAnswers_GivesTheReferencesText(string model)
    {
        var reference = ReferenceModel.Open(model);
        var tokenizer = Tokenizer.Read(reference.CheckpointFolder);
        Assert.All(reference.Recorded.Cases, c => Assert.Equal(c.Text, tokenizer.Decode(c.Greedy)));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void StreamingDecoder_TokenByToken_GivesTheSameText(string model)
    {
        var reference = ReferenceModel.Open(model);
        var tokenizer = Tokenizer.Read(reference.CheckpointFolder);
        Assert.All(reference.Recorded.Tokenizer, e =>
        {
            var decoder = new StreamingDecoder(tokenizer);
            Assert.Equal(tokenizer.Decode(e.Ids), string.Concat(e.Ids.Select(decoder.Push)) + decoder.Flush());
        });
    }
}
