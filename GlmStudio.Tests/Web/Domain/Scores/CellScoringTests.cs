using System.Diagnostics;
using GlmStudio.Engine;
using GlmStudio.Engine.Values;
using GlmStudio.Web.Domain.Scores;
using GlmStudio.Web.Widgets;
using GlmStudio.Web.Widgets.Localisation;

namespace GlmStudio.Tests.Web.Domain.Scores;

public sealed class CellScoringTests
{
    [Theory]
    [InlineData(FieldType.Text, "Blue Café", "BLUE  CAFÉ", CellMatch.Exact)]
    [InlineData(FieldType.Text, "蓝色咖啡馆", "蓝色咖啡馆", CellMatch.Exact)]
    [InlineData(FieldType.Text, "ＡＢＣ１２３", "abc123", CellMatch.Exact)]
    [InlineData(FieldType.Text, "茶 🍵", "茶🍵", CellMatch.Exact)]
    [InlineData(FieldType.Text, "茶🍵", "茶☕", CellMatch.Wrong)]
    [InlineData(FieldType.Money, "RM 80.90", "80.9", CellMatch.Exact)]
    [InlineData(FieldType.Money, "80.90", "80.96", CellMatch.Wrong)]
    [InlineData(FieldType.Date, "2018-03-25", "25/03/2018", CellMatch.Exact)]
    [InlineData(FieldType.Date, "2026年3月1日", "2026-03-01", CellMatch.Exact)]
    [InlineData(FieldType.Id, "INV-001", "inv 001", CellMatch.Wrong)]
    [InlineData(FieldType.Id, "INV-001", "ｉｎｖ-001", CellMatch.Exact)]
    public void Score_BothHaveAValue_ComparesByTheRuleOfTheType(FieldType type, string label, string answer, CellMatch expected) =>
        Assert.Equal(expected, CellScoring.Score(type, label, answer).Match);

    [Theory]
    [InlineData(null, "x", true, CellMatch.Unlabelled)]
    [InlineData(null, null, false, CellMatch.Unlabelled)]
    [InlineData("", null, true, CellMatch.Exact)]
    [InlineData("  ", "", true, CellMatch.Exact)]
    [InlineData("", "x", true, CellMatch.Extra)]
    [InlineData("x", null, true, CellMatch.Missing)]
    [InlineData("x", "　", true, CellMatch.Missing)]
    [InlineData("x", "x", false, CellMatch.Missing)]
    [InlineData("", null, false, CellMatch.Missing)]
    public void Score_OneSideIsEmpty_SaysWhich(string? label, string? answer, bool answered, CellMatch expected) =>
        Assert.Equal(expected, CellScoring.Score(FieldType.Text, label, answer, answered).Match);

    [Theory]
    [InlineData("", "", 1.0)]
    [InlineData("abc", "", 0.0)]
    [InlineData("kitten", "sitting", 1 - (3.0 / 7))]
    [InlineData("北京市朝阳区", "北京市海淀区", 1 - (2.0 / 6))]
    [InlineData("👍👍", "👍👎", 0.5)]
    public void Of_TwoTexts_IsOneMinusDistanceOverLength(string left, string right, double expected) =>
        Assert.Equal(expected, EditSimilarity.Of(left, right), 12);

    [Fact]
    public void Distance_RandomTexts_EqualsTheTextbookTable()
    {
        var random = new Random(7);
        for (var round = 0; round < 300; round++)
        {
            var (a, b) = (Letters(random, random.Next(200)), Letters(random, random.Next(200)));
            Assert.Equal(Textbook(a, b), EditSimilarity.Distance([.. a.EnumerateRunes()], [.. b.EnumerateRunes()]));
        }
    }

    [Fact]
    public void Of_TenThousandCharacters_TakesMilliseconds()
    {
        var random = new Random(1);
        var (a, b) = (Letters(random, 10_000), Letters(random, 10_000));
        var watch = Stopwatch.StartNew();
        Assert.InRange(EditSimilarity.Of(a, b), 0.2, 0.9);
        Assert.InRange(watch.ElapsedMilliseconds, 0, 2_000);
    }

    [Fact]
    public void Of_BeyondTheLimit_ComparesTheBeginning() =>
        Assert.Equal(1, EditSimilarity.Of(new string('啊', EditSimilarity.MaxLength), new string('啊', EditSimilarity.MaxLength + 500) + "b"));

    [Theory]
    [InlineData(0, 10, 0, 0.2775)]
    [InlineData(10, 10, 0.7225, 1)]
    [InlineData(42, 60, 0.5749, 0.8012)]
    public void Wilson_HitsAndTries_IsTheKnownInterval(int hits, int tries, double low, double high)
    {
        var interval = Interval.Wilson(hits, tries);
        Assert.Equal(low, interval.Low, 3);
        Assert.Equal(high, interval.High, 3);
    }

    [Fact]
    public void Rule_EveryType_IsTheSentenceOfTheNormaliser() =>
        Assert.All(Enum.GetValues<FieldType>(), type => Assert.Equal(Normaliser.Describe(type), new JsonStringLocalizer().Rule(type)));

    private static string Letters(Random random, int length) => string.Concat(Enumerable.Range(0, length).Select(_ => "abcd"[random.Next(4)]));

    private static int Textbook(string a, string b)
    {
        var table = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
            for (var j = 0; j <= b.Length; j++)
                table[i, j] = i == 0 ? j : j == 0 ? i : Math.Min(Math.Min(table[i - 1, j], table[i, j - 1]) + 1,
                    table[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
        return table[a.Length, b.Length];
    }
}
