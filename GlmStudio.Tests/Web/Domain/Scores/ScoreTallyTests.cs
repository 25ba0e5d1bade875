using GlmStudio.Engine;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Domain.Scores;

namespace GlmStudio.Tests.Web.Domain.Scores;

public sealed class ScoreTallyTests
{
    private static readonly Field Total = new() { Key = "total", Label = "Total", Type = FieldType.Money };
    private static readonly Field Shop = new() { Key = "shop", Label = "Shop" };
    private int _next;

    [Fact]
    public void Result_EveryKindOfCell_IsCountedOnce()
    {
        var score = Tally(Row("1", "1"), Row("1", "2"), Row("1", null), Row("", "3"));
        Assert.Equal(new ScoreCounts(4, 1, 1, 1, 1, score.Engine.Overall.Similarity), score.Engine.Overall);
        Assert.Equal(0.25, score.Engine.Overall.ExactRate);
    }

    [Fact]
    public void Result_FailedRow_CountsEveryLabelAsMissing()
    {
        var score = Tally(Row("1", null, RowStatus.Failed, "zero bytes"), Row("", null, RowStatus.Failed, "zero bytes"));
        Assert.Equal((2, 2, 2), (score.FailedRows, score.Engine.Overall.Missing, score.Corrected.Overall.Missing));
    }

    [Fact]
    public void Result_FailedRowTypedByHand_CountsForTheCorrectedSideOnly()
    {
        var typed = new Cell { FieldKey = "total", IsCorrected = true, CorrectedValue = "1" };
        var score = Tally(RowOf("1", typed, RowStatus.InReview, "zero bytes"));
        Assert.Equal((1, 1), (score.Engine.Overall.Missing, score.Corrected.Overall.Exact));
    }

    [Theory]
    [InlineData(RowStatus.Queued)]
    [InlineData(RowStatus.Running)]
    [InlineData(RowStatus.Cancelled)]
    public void Result_RowNotAnswered_IsPendingAndNotCounted(RowStatus status)
    {
        var score = Tally(Row("1", null, status));
        Assert.Equal((1, 0, 0), (score.PendingRows, score.LabelledRows, score.Engine.Overall.Cells));
    }

    [Fact]
    public void Result_Corrected_IsCountedBesideTheEngine()
    {
        var score = Tally(RowOf("1", new Cell { FieldKey = "total", Value = "7", IsCorrected = true, CorrectedValue = "1.00" }, RowStatus.Accepted));
        Assert.Equal((0, 1), (score.Engine.Overall.Exact, score.Corrected.Overall.Exact));
    }

    [Fact]
    public void Result_NothingLabelled_HasNoRates()
    {
        var score = Tally(Row(null, "1"));
        Assert.False(score.HasLabels);
        Assert.Null(score.Engine.Overall.ExactRate);
        Assert.Null(score.Engine.Fields[0].Counts.Similarity);
    }

    [Fact]
    public void Confusions_SameAfterNormalisation_AreOneWithTheirRows()
    {
        var field = Tally(Row("10", "11"), Row("RM 10.00", "11.0"), Row("10", "12")).Engine.Fields[0];
        Assert.Equal([("10", "11", 2), ("10", "12", 1)], field.Confusions.Select(c => (c.Label, c.Answer, c.Count)));
        Assert.Equal([0, 1], field.Confusions[0].Rows.Select(r => r.Ordinal));
    }

    [Fact]
    public void Confusions_LongText_IsCutBetweenCharacters()
    {
        var long199 = new string('a', 199) + "🍵 and more";
        var confusion = Tally([Shop], Row(long199, "b", field: Shop)).Engine.Fields[0].Confusions[0];
        Assert.Equal(new string('a', 199) + "…", confusion.Label);
    }

    [Fact]
    public void Result_TwoFields_CountsRowsExactInBoth()
    {
        var both = new ScoredRow(new RowLink(1, 0, "a"), Facts(RowStatus.Answered, null), [Cell(Total, "1", "1"), Cell(Shop, "x", "x")]);
        var one = new ScoredRow(new RowLink(2, 1, "b"), Facts(RowStatus.Answered, null), [Cell(Total, "1", "1"), Cell(Shop, "x", "y")]);
        var score = Tally([Total, Shop], both, one);
        Assert.Equal((1, 2, 0.75), (score.Engine.ExactRows, score.LabelledRows, score.Engine.Overall.ExactRate));
    }

    private static BatchScore Tally(params ScoredRow[] rows) => Tally([Total], rows);

    private static BatchScore Tally(Field[] fields, params ScoredRow[] rows)
    {
        var tally = new ScoreTally(fields);
        foreach (var row in rows) tally.Add(row);
        return tally.Result();
    }

    private static ScoredCell Cell(Field field, string? label, string? answer) =>
        ScoredCell.Of(field, RowStatus.Answered, null, label, new Cell { FieldKey = field.Key, Value = answer });

    private ScoredRow Row(string? label, string? answer, RowStatus status = RowStatus.Answered, string? error = null, Field? field = null) =>
        RowOf(label, answer is null ? null : new Cell { FieldKey = (field ?? Total).Key, Value = answer }, status, error, field);

    private ScoredRow RowOf(string? label, Cell? cell, RowStatus status, string? error = null, Field? field = null) =>
        new(new RowLink(100 + _next, _next++, "x.jpg"), Facts(status, error), [ScoredCell.Of(field ?? Total, status, error, label, cell)]);

    private static RowFacts Facts(RowStatus status, string? error) => new(status, error, 1, null, "", "", 0);
}
