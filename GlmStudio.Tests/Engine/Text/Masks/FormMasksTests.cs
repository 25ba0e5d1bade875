using System.Text;
using GlmStudio.Engine;
using GlmStudio.Engine.Text.Grammars;
using GlmStudio.Engine.Text.Masks;

namespace GlmStudio.Tests.Engine.Text.Masks;

public sealed class FormMasksTests
{
    private static readonly string[] Words =
        ["\"", "\",", "\", \"", "\":", "{\"", "}", "]", "[", ", ", ": ", " \"", "hello", "店名", "合计", "😀", "null", "true", "12", "345", ".5", "-", "\\n", "\\\"", "ab\"",
            "a", " the", "the quick brown fox jumps over the lazy dog again", "    ", "\n\n", "x\"}", "2024-", "-01", "<b>", "a<", "x > y", "店<", "a b",
            "Привет", "été", "日本語の", "ａｂ", "x9", "9.", ", ", "K: v", "a:", ": b", "::", "：", "key", "Ab", "hello hello hello hello", "<abc>", "a<b", ">", "<z"];

    // Every byte, some words, and half characters: 店 is E5 BA 97.
    private static readonly TokenBytes Tokens = new(
        Enumerable.Range(0, 256).Select(b => new[] { (byte)b }).Concat(Words.Select(Encoding.UTF8.GetBytes)).Append([0xE5, 0xBA]).Append([0xBA, 0x97]).Append([0x97, (byte)'"', (byte)','])
            .Select((bytes, id) => (id, (ReadOnlyMemory<byte>)bytes)), 340);

    public static TheoryData<string> Schemas => new()
    {
        """{"type":"object","properties":{"name":{"type":"string","maxLength":6},"n":{"type":["integer","null"]}},"required":["name","n"]}""",
        """{"type":"array","items":{"type":"object","properties":{"a":{"type":"string","pattern":"^[^<>]{2,9}$"}}},"maxItems":4}""",
        """{"anyOf":[{"type":"string","maxLength":40},{"enum":["the quick brown fox jumps over the lazy dog again",null,"店名"]}]}""",
        """{"type":"string","format":"date"}""",
        """{"type":"array","items":{"type":["string","null"],"pattern":"[0-9]","maxLength":12},"maxItems":2}""",
        """{"type":"string","pattern":"店$","maxLength":33}""",
        """{"type":"string","pattern":"^[^<>]{1,80}$"}""",
        """{"type":"string","pattern":"^[^ <]{3,45}$","maxLength":40}""",
        """{"type":"string","pattern":"^[^<>]{1,6}<[a-z]{1,9}>([^<]{2}|[^ab]{0,40})$"}""",
        """{"type":"array","items":{"type":"string","pattern":"^([^<>]{0,12}|[^0-9]{1,30}x)$"},"maxItems":3}""",
        """{"type":"string","pattern":"^[A-Za-z ]{1,50}$"}""",
        """{"type":"string","pattern":"^\\p{L}{1,12}$","maxLength":9}""",
        """{"anyOf":[{"type":"string","pattern":"^[\\p{Lu}0-9 ,.]{1,12}$"},{"type":"string","pattern":"^([a-z]|[A-Z][a-z]){1,40}x$"},{"type":"null"}]}""",
        """{"type":"array","items":{"type":"string","minLength":1,"maxLength":3},"minItems":2,"maxItems":60}""",
        "true",
    };

    [Theory]
    [MemberData(nameof(Schemas))]
    public void Of_EveryStateOfRandomAnswers_PermitsExactlyWhatTheGrammarTakes(string schema) => AssertExact(AnswerForm.OfSchema(schema).Grammar);

    [Theory]
    [InlineData(@"\p{L}{1,20}")]
    [InlineData(@"[\p{L}0-9 ,.]{1,20}")]
    [InlineData("[^<>]{1,40}<[a-z]{1,20}>")]
    [InlineData(@"[^<>]{1,80}(inc|ltd|llc|gmbh)")]
    [InlineData("[^:]{1,30}(: [^:]{1,30}){0,2}")]
    [InlineData(@"\w{1,6}(店名|[^\x00-\x20]{2,40})")]
    [InlineData(@"[^""\n]{1,200}")]
    public void Of_PatternsOfLargeClasses_PermitExactlyWhatTheGrammarTakes(string pattern) => AssertExact(AnswerForm.OfPattern(pattern).Grammar);

    [Theory]
    [InlineData("[^:：]{1,12}", ": ", "[a-z]{1,9}")]
    [InlineData("[^:]{0,4}|x{1,9}", "：", "[^:]{1,60}")]
    [InlineData(@"[\p{L} ]{0,9}", " ", "[0-9 ]{1,9}")]
    public void Of_PlainTextAfterAPattern_PermitsTokensOfBoth(string first, string between, string then) =>
        AssertExact(Engine.Text.Grammars.Grammars.Of((book, budget) =>
        {
            var texts = new TextRules(book, budget, isJson: false);
            return book.Sequence(texts.Matching(first, isAnchored: true, 0, 10), book.Text(between), texts.Matching(then, isAnchored: true, 1, 50));
        }));

    [Theory]
    [InlineData(AnswerShape.Pairs)]
    [InlineData(AnswerShape.FillIn)]
    public void Of_ListsInLines_PermitExactlyWhatTheGrammarTakes(AnswerShape shape) =>
        AssertExact(AnswerForm.OfFields([new AskedField { Key = "k", Label = "K", Type = FieldType.List }], new AnswerLayout(shape, IsChinese: true)).Grammar);

    [Fact]
    public void Of_WordsOfOneKind_ArePermittedByTheirNumberOfCharacters()
    {
        var form = AnswerForm.OfPattern(@"\p{L}{1,20}");
        var masks = new FormMasks(form.Grammar, Tokens);
        bool[] May(int said) => [.. ((string[])["hello", "店名", "Привет", "a b"]).Select(w => masks.Of(form.Grammar.After(form.Grammar.Start, Encoding.UTF8.GetBytes(new string('x', said)))!).Contains(Id(w)))];
        Assert.Equal([true, true, true, false], May(0));
        Assert.Equal([true, true, false, false], May(15));
        Assert.Equal([false, true, false, false], May(18));
        Assert.Equal([false, false, false, false], May(19));
    }

    [Fact]
    public void Of_PlacesInALongText_ShareTheirMasks()
    {
        var form = AnswerForm.OfSchema("""{"type":"string","maxLength":400}""");
        var masks = new FormMasks(form.Grammar, Tokens);
        TokenMask At(int n) => masks.Of(form.Grammar.After(form.Grammar.Start, Encoding.UTF8.GetBytes("\"" + new string('x', n)))!);
        Assert.Same(At(1), At(200));
        Assert.NotSame(At(1), At(399));
    }

    [Fact]
    public void TakeForced_FixedText_ComesAtOnceUpToWhereTheModelChooses()
    {
        var form = AnswerForm.OfSchema("""{"type":"object","properties":{"name":{"type":"string","maxLength":6},"n":{"type":"null"}},"required":["name","n"]}""");
        var state = new FormState(new FormMasks(form.Grammar, Tokens));
        Assert.Equal("{\"name\": \"", Spell(state.TakeForced(100)));
        Assert.Empty(state.TakeForced(100));
        Assert.True(state.Take("ab\""u8));
        Assert.Equal(", \"n\": null}", Spell(state.TakeForced(100)));
        Assert.True(state.IsComplete);
        Assert.False(state.Take("x"u8));
    }

    [Fact]
    public void Apply_Mask_KeepsOnlyWhatIsPermitted()
    {
        foreach (var ids in (int[][])[[1, 70, 199], [.. Enumerable.Range(0, 150)]])
        {
            var bits = new ulong[4];
            foreach (var id in ids) bits[id >> 6] |= 1UL << (id & 63);
            var logits = Enumerable.Range(0, 200).Select(i => (float)i).ToArray();
            new TokenMask(bits).Apply(logits, new HashSet<int> { 198, 5000 });
            Assert.Equal(ids.Append(198).Order(), Enumerable.Range(0, 200).Where(i => logits[i] == i));
            Assert.Equal(200 - ids.Length - 1, logits.Count(float.IsNegativeInfinity));
        }
    }

    private static void AssertExact(Grammar grammar)
    {
        var masks = new FormMasks(grammar, Tokens);
        var random = new Random(1);
        for (var i = 0; i < 6; i++)
        {
            var answer = Engine.Text.Grammars.Grammars.Walk(grammar, random, endChance: 0.02).Take(400).ToArray();
            for (var at = 0; at <= answer.Length; at++)
            {
                var state = grammar.After(grammar.Start, answer.AsSpan(0, at))!;
                var mask = masks.Of(state);
                for (var id = 0; id < 340; id++)
                {
                    var expected = Bytes(id) is { Length: > 0 } bytes && grammar.After(state, bytes) is not null;
                    Assert.True(expected == mask.Contains(id), $"{Encoding.UTF8.GetString(answer, 0, at)} + {id} \"{Encoding.UTF8.GetString(Bytes(id))}\": {expected} expected");
                }
            }
        }
    }

    private static int Id(string word) => 256 + Array.IndexOf(Words, word);

    private static string Spell(IEnumerable<int> ids) => Encoding.UTF8.GetString([.. ids.SelectMany(Bytes)]);

    private static byte[] Bytes(int id) => id < 256 ? [(byte)id] : id - 256 < Words.Length ? Encoding.UTF8.GetBytes(Words[id - 256])
        : (id - 256 - Words.Length) switch { 0 => [0xE5, 0xBA], 1 => [0xBA, 0x97], 2 => [0x97, (byte)'"', (byte)','], _ => [] };
}
