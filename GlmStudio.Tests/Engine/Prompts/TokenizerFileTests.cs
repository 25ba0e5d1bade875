using GlmStudio.Engine;
using GlmStudio.Engine.Prompts;

namespace GlmStudio.Tests.Engine.Prompts;

public sealed class TokenizerFileTests
{
    [Fact]
    public void Parse_TwentyThousandMutations_ReadsOrRefuses()
    {
        var healthy = """{"added_tokens":[{"id":5,"content":"<|user|>","special":true}],"normalizer":null,"pre_tokenizer":{"type":"Sequence","pretokenizers":[{"type":"Split","pattern":{"Regex":"\\p{L}+|\\s+"},"behavior":"Isolated","invert":false},{"type":"ByteLevel","add_prefix_space":false,"use_regex":false}]},"model":{"type":"BPE","ignore_merges":true,"vocab":{"a":0,"b":1,"ab":2,"c":3,"abc":4},"merges":[["a","b"],"ab c"]}}"""u8.ToArray();
        var random = new Random(3);
        var read = 0;
        for (var i = 0; i < 20_000; i++)
            try
            {
                var tokenizer = new Tokenizer(TokenizerFile.Parse(Mutation.Of(healthy, random)));
                tokenizer.Decode(tokenizer.Encode("abc<|user|>cab ab"));
                read++;
            }
            catch (EngineException fault) when (fault.Fault == EngineFault.BadCheckpoint)
            {
            }
        Assert.InRange(read, 1, 19_999);
    }

    [Fact]
    public void Encode_OneEndlessWord_EndsInTime()
    {
        var tokenizer = Tokenizer.Read(Path.Combine(AppContext.BaseDirectory, "Fixtures", "Reference", "glm4v-11"));
        var text = string.Concat(Enumerable.Repeat("abcde", 60_000));
        Assert.Equal(text, tokenizer.Decode(tokenizer.Encode(text)));
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("𝒳𠀀 mixed 𠮷野家 ½ Ⅷ 🏴󠁧󠁢󠁥󠁮󠁧󠁿")]
    [InlineData("lone \uD800 surrogate")]
    public void Decode_AfterEncode_GivesTheTextBack(string text)
    {
        var tokenizer = Tokenizer.Read(Path.Combine(AppContext.BaseDirectory, "Fixtures", "Reference", "glm4v-11"));
        Assert.Equal(text.Replace('\uD800', '\uFFFD'), tokenizer.Decode(tokenizer.Encode(text)));
    }

    [Fact]
    public void Encode_SpecialNotAllowed_TakesTheLettersOfIt()
    {
        var tokenizer = Tokenizer.Read(Path.Combine(AppContext.BaseDirectory, "Fixtures", "Reference", "glm4v-11"));
        Assert.DoesNotContain(530, tokenizer.Encode("say <|user|> now", allowSpecial: false));
        Assert.Contains(530, tokenizer.Encode("say <|user|> now"));
    }
}
