using GlmStudio.Engine.Transcription;

namespace GlmStudio.Tests.Engine.Transcription;

public sealed class LookalikesTests
{
    [Theory]
    [InlineData("433O0", "43300")]
    [InlineData("L0T", "LOT")]
    [InlineData("Ja1an", "Jalan")]
    [InlineData("1DEA", "IDEA")]
    [InlineData("9.O0", "9.00")]
    [InlineData("CO5WAY", "COSWAY")]
    [InlineData("43300", "43300")]
    [InlineData("Total", "Total")]
    public void Settle_CloseSecondPlace_FollowsTheWord(string seen, string settled) => Assert.Equal(settled, Settle(seen, second: 0.2f));

    [Theory]
    [InlineData("SS21")]
    [InlineData("QF2O")]
    [InlineData("B0C")]
    [InlineData("1st")]
    [InlineData("Office")]
    public void Settle_SureCharacter_StaysAsSeen(string seen) => Assert.Equal(seen, Settle(seen, second: 0.001f));

    [Fact]
    public void Settle_LonelyCharacter_StaysAsSeen() => Assert.Equal("O", Settle("O", second: 0.2f));

    [Fact]
    public void Settle_NoProbabilities_StaysAsSeen() => Assert.Equal("茶0", string.Concat(Lookalikes.Settle([new("茶", 1, 0), new("0", 1, 1)]).Select(c => c.Text)));

    [Theory]
    [InlineData("RMO.23", "RM0.23")]
    [InlineData("-RMo.01", "-RM0.01")]
    [InlineData("Round Off:RM O,05", "Round Off:RM 0,05")]
    [InlineData("RMO. 23", "RM0. 23")]
    [InlineData("160CT2022", "16OCT2022")]
    [InlineData("Date: 05-0CT-22", "Date: 05-OCT-22")]
    public void SettleExpressions_AmountOrMonth_AsItMustBe(string seen, string settled) => Assert.Equal(settled, SettleExpressions(seen));

    [Theory]
    [InlineData("FARMO.23")]
    [InlineData("RMO.234")]
    [InlineData("NO.23")]
    [InlineData("100CT 12.50")]
    [InlineData("100CT20221")]
    [InlineData("410CT2022")]
    public void SettleExpressions_AnythingElse_StaysAsSeen(string seen) => Assert.Equal(seen, SettleExpressions(seen));

    [Fact]
    public void SettleExpressions_SettledCharacter_IsNotDoubtedAgain() =>
        Assert.Equal("RM0.23", string.Concat(Lookalikes.Settle(Lookalikes.SettleExpressions([.. "RMO.23".Select((c, i) => See(c, i, 0.2f))])).Select(c => c.Text)));

    [Fact]
    public void SettleExpressions_CharacterOfTwoUnits_KeepsTheOthersPlaces() =>
        Assert.Equal("𠮷RM0.23", string.Concat(Lookalikes.SettleExpressions([new("𠮷", 1, 0), .. "RMO.23".Select((c, i) => See(c, i + 1, 0.2f))]).Select(c => c.Text)));

    private static string SettleExpressions(string text) => string.Concat(Lookalikes.SettleExpressions([.. text.Select((c, i) => See(c, i, 0.2f))]).Select(c => c.Text));

    /// <summary>Each doubtful character was read with 0.7; every other of its shape got <paramref name="second"/>.</summary>
    private static string Settle(string text, float second) => string.Concat(Lookalikes.Settle([.. text.Select((c, i) => See(c, i, second))]).Select(c => c.Text));

    private static SeenCharacter See(char character, int at, float second) => new(character.ToString(), 0.7f, at)
    {
        Shape = Lookalikes.GroupOf(character.ToString())?.Select(c => (c, c == character ? 0.7f : second)).ToList(),
    };
}
