using GlmStudio.Tests.Support;
using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Features.Review;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Tests.Web.Features.Review;

public sealed class ReviewStepsTests : IAsyncLifetime
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;
    private TestDatabase _database = null!;
    private ChangeFeed _changes = null!;
    private Batch _batch = null!;

    private EditCell Edit => new(_database.Database, _changes, TimeProvider.System);
    private UndoCorrection Undo => new(_database.Database, _changes, TimeProvider.System);
    private AcceptRow Accept => new(_database.Database, _changes);
    private RateRow Rate => new(_database.Database, _changes);
    private ReadReview Read => new(_database.Database, new BatchScores(_database.Database), new Calibrations(_database.Database, new BatchScores(_database.Database)));

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _changes = new ChangeFeed(TimeProvider.System);
        _batch = await new HandMadeBatch()
            .Row(["Blue Café", "2026-03-01", "80.90"], ["BLUE CAFÉ", "2026-03-01", "80.90"])
            .Row(["Tea House", null, "12"], ["Tee House", "2026-03-02", "12"]).With(r => r.Cells[2].Score = 0.2)
            .Row([], ["Shop", "2026-03-03", "5"], RowStatus.Failed, "zero bytes")
            .Row([], null, RowStatus.Queued)
            .SaveAsync(_database.Database);
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Edit_NewValue_IsSavedWithItsHistoryAndMovesTheRowOn()
    {
        var row = await RowAsync(0);
        var outcome = await Edit.HandleAsync(row.Id, "company", "By hand", Cancellation);
        Assert.Equal(ReviewResult.Done, outcome.Result);
        row = await RowAsync(0);
        var cell = row.Cells.Single(c => c.FieldKey == "company");
        Assert.Equal((RowStatus.InReview, "By hand", "Blue Café", true), (row.Status, cell.Final, cell.Value, cell.IsCorrected));
        var correction = Assert.Single(await CorrectionsAsync());
        Assert.Equal(("Blue Café", false, "By hand"), (correction.Before, correction.WasCorrected, correction.After));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task Edit_NullAndEmpty_StayApart(string? value)
    {
        var row = await RowAsync(0);
        await Edit.HandleAsync(row.Id, "company", value, Cancellation);
        var cell = (await RowAsync(0)).Cells.Single(c => c.FieldKey == "company");
        Assert.Equal((true, value), (cell.IsCorrected, cell.Final));
    }

    [Fact]
    public async Task Edit_SameValue_RecordsNothing()
    {
        var row = await RowAsync(0);
        Assert.Equal(ReviewResult.Unchanged, (await Edit.HandleAsync(row.Id, "company", "Blue Café", Cancellation)).Result);
        Assert.Equal(RowStatus.Answered, (await RowAsync(0)).Status);
        Assert.Empty(await CorrectionsAsync());
    }

    [Fact]
    public async Task Edit_BackToTheEnginesValue_IsNoCorrectionAnyMore()
    {
        var row = await RowAsync(0);
        await Edit.HandleAsync(row.Id, "company", "x", Cancellation);
        await Edit.HandleAsync(row.Id, "company", "Blue Café", Cancellation);
        Assert.False((await RowAsync(0)).Cells.Single(c => c.FieldKey == "company").IsCorrected);
    }

    [Fact]
    public async Task Edit_FailedRow_TakesValuesTypedByHand()
    {
        var row = await RowAsync(2);
        Assert.Equal(ReviewResult.Done, (await Edit.HandleAsync(row.Id, "company", "店", Cancellation)).Result);
        row = await RowAsync(2);
        Assert.Equal((RowStatus.InReview, "店", "zero bytes"), (row.Status, row.Cells.Single().Final, row.Error));
    }

    [Theory]
    [InlineData(3, "company", ReviewResult.Refused)]
    [InlineData(0, "no such field", ReviewResult.NotFound)]
    public async Task Edit_NothingToEdit_SaysSo(int ordinal, string key, ReviewResult expected)
    {
        var outcome = await Edit.HandleAsync((await RowAsync(ordinal)).Id, key, "x", Cancellation);
        Assert.Equal(expected, outcome.Result);
        Assert.NotEmpty(outcome.Message);
    }

    [Fact]
    public async Task Edit_UnknownRow_IsNotFound() => Assert.Equal(ReviewResult.NotFound, (await Edit.HandleAsync(999, "company", "x", Cancellation)).Result);

    [Fact]
    public async Task Edit_TooLong_IsRefused() =>
        Assert.Equal(ReviewResult.Refused, (await Edit.HandleAsync((await RowAsync(0)).Id, "company", new string('x', EditCell.MaxLength + 1), Cancellation)).Result);

    [Fact]
    public async Task Undo_TwoEditsOfACell_GoBackInReverseOrder()
    {
        var row = await RowAsync(0);
        var first = (await Edit.HandleAsync(row.Id, "company", "one", Cancellation)).CorrectionId!.Value;
        var second = (await Edit.HandleAsync(row.Id, "company", null, Cancellation)).CorrectionId!.Value;

        Assert.Equal(ReviewResult.Refused, (await Undo.HandleAsync(first, Cancellation)).Result);
        await Undo.HandleAsync(second, Cancellation);
        Assert.Equal(("one", RowStatus.InReview), ((await RowAsync(0)).Cells.Single(c => c.FieldKey == "company").Final, (await RowAsync(0)).Status));
        await Undo.HandleAsync(first, Cancellation);
        row = await RowAsync(0);
        Assert.Equal(("Blue Café", false, RowStatus.Answered), (row.Cells.Single(c => c.FieldKey == "company").Final,
            row.Cells.Single(c => c.FieldKey == "company").IsCorrected, row.Status));
    }

    [Fact]
    public async Task Undo_Twice_ChangesNothingMore()
    {
        var row = await RowAsync(0);
        var id = (await Edit.HandleAsync(row.Id, "company", "one", Cancellation)).CorrectionId!.Value;
        await Undo.HandleAsync(id, Cancellation);
        Assert.Equal(ReviewResult.Unchanged, (await Undo.HandleAsync(id, Cancellation)).Result);
        Assert.All(await CorrectionsAsync(), c => Assert.NotNull(c.UndoneAt));
    }

    [Fact]
    public async Task UndoLatest_AcrossFields_TakesTheNewestFirst()
    {
        var row = await RowAsync(0);
        await Edit.HandleAsync(row.Id, "company", "one", Cancellation);
        await Edit.HandleAsync(row.Id, "total", "2", Cancellation);
        await Undo.LatestAsync(row.Id, Cancellation);
        row = await RowAsync(0);
        Assert.Equal(("one", "80.90"), (row.Cells.Single(c => c.FieldKey == "company").Final, row.Cells.Single(c => c.FieldKey == "total").Final));
    }

    [Fact]
    public async Task Accept_ThenReopen_WalksBackToWhereTheRowWas()
    {
        var row = await RowAsync(0);
        await Accept.HandleAsync(row.Id, Cancellation);
        Assert.Equal(RowStatus.Accepted, (await RowAsync(0)).Status);
        await Accept.ReopenAsync(row.Id, Cancellation);
        Assert.Equal(RowStatus.Answered, (await RowAsync(0)).Status);
    }

    [Fact]
    public async Task Accept_FailedRow_IsRefusedUntilAValueIsTyped()
    {
        var row = await RowAsync(2);
        Assert.Equal(ReviewResult.Refused, (await Accept.HandleAsync(row.Id, Cancellation)).Result);
        await Edit.HandleAsync(row.Id, "company", "店", Cancellation);
        Assert.Equal(ReviewResult.Done, (await Accept.HandleAsync(row.Id, Cancellation)).Result);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(6)]
    public async Task Rate_OutOfRange_IsRefused(int rating) =>
        Assert.Equal(ReviewResult.Refused, (await Rate.HandleAsync((await RowAsync(0)).Id, rating, null, Cancellation)).Result);

    [Fact]
    public async Task Rate_WithoutComment_KeepsTheComment()
    {
        var row = await RowAsync(0);
        await Rate.HandleAsync(row.Id, 3, "模糊", Cancellation);
        await Rate.HandleAsync(row.Id, 5, null, Cancellation);
        row = await RowAsync(0);
        Assert.Equal((5, "模糊"), (row.Rating, row.Comment));
    }

    [Theory]
    [InlineData(ReviewFilter.All, null, new[] { 0, 1, 2, 3 })]
    [InlineData(ReviewFilter.ToReview, null, new[] { 0, 1 })]
    [InlineData(ReviewFilter.Failed, null, new[] { 2 })]
    [InlineData(ReviewFilter.Wrong, null, new[] { 1, 2 })]
    [InlineData(ReviewFilter.Wrong, "total", new[] { 2 })]
    [InlineData(ReviewFilter.LowScore, null, new[] { 1 })]
    [InlineData(ReviewFilter.LowScore, "company", new int[0])]
    [InlineData(ReviewFilter.Corrected, null, new int[0])]
    [InlineData(ReviewFilter.Accepted, null, new int[0])]
    public async Task List_Filter_LetsItsRowsThrough(ReviewFilter filter, string? field, int[] expected) =>
        Assert.Equal(expected, (await Read.ListAsync((await Read.BatchAsync(_batch.Id, Cancellation))!, null, filter, field, null, Cancellation)).Select(r => r.Ordinal));

    [Theory]
    [InlineData("IMG_0001", new[] { 1 })]
    [InlineData("80.9", new[] { 0 })]
    [InlineData("nothing", new int[0])]
    public async Task List_Search_LooksAtNamesAndValues(string text, int[] expected) =>
        Assert.Equal(expected, (await Read.ListAsync((await Read.BatchAsync(_batch.Id, Cancellation))!, null, ReviewFilter.All, null, text, Cancellation)).Select(r => r.Ordinal));

    [Fact]
    public async Task Edit_Saved_WakesOtherReviewersOfTheRow()
    {
        var woken = new TaskCompletionSource();
        var row = await RowAsync(0);
        using var subscription = _changes.Subscribe("row", row.Id, () => { woken.TrySetResult(); return Task.CompletedTask; });
        await Edit.HandleAsync(row.Id, "company", "x", Cancellation);
        await woken.Task.WaitAsync(TimeSpan.FromSeconds(20), Cancellation);
    }

    private async Task<Row> RowAsync(int ordinal)
    {
        await using var db = _database.Open();
        return await db.Rows.AsNoTracking().Include(r => r.Cells).SingleAsync(r => r.Ordinal == ordinal, Cancellation);
    }

    private async Task<List<Correction>> CorrectionsAsync()
    {
        await using var db = _database.Open();
        return await db.Corrections.AsNoTracking().ToListAsync(Cancellation);
    }
}
