using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Domain.Confidence;

namespace GlmStudio.Web.Features.Review;

/// <summary>One reviewer's place in a batch: which rows are listed, which cell is active, what can be taken back. Holds no truth: every
/// change is saved by a handler before it is shown.</summary>
public sealed class ReviewSession(ReadReview read, EditCell edit, UndoCorrection undo, AcceptRow accept, RateRow rate)
{
    private const int MaxUndo = 200;
    private const int RowsAtATime = 200;
    private readonly List<Step> _steps = [];
    private Dictionary<long, int> _positions = [];

    /// <summary>The batch; null until <see cref="OpenAsync"/> found it.</summary>
    public ScoredBatch? Batch { get; private set; }

    /// <summary>Turns raw scores into confidences; null where nothing is calibrated.</summary>
    public Calibration? Calibration { get; private set; }
    public IReadOnlyList<Field> Fields => Batch?.Fields ?? [];
    public List<RowRef> Rows { get; private set; } = [];
    public ReviewFilter Filter { get; private set; }
    public string? OnlyField { get; private set; }
    public string? Search { get; private set; }

    /// <summary>The active row's place in <see cref="Rows"/>, −1 where none is listed.</summary>
    public int Position { get; private set; } = -1;

    /// <summary>The active field's place in <see cref="Fields"/>.</summary>
    public int Column { get; private set; }

    /// <summary>The active row as it was last read.</summary>
    public ReviewRow? Active { get; private set; }
    public ReviewCell? ActiveCell => Active?.Cells.ElementAtOrDefault(Column);
    public Field? ActiveField => Fields.ElementAtOrDefault(Column);
    public bool IsEditing { get; private set; }

    /// <summary>Why the last step did not happen, as a key of the translations; null where it did.</summary>
    public string? Problem { get; private set; }

    public async Task<bool> OpenAsync(int batchId, CancellationToken cancellation)
    {
        Batch = await read.BatchAsync(batchId, cancellation);
        if (Batch is not null) Calibration = await read.CalibrationAsync(Batch, cancellation);
        return Batch is not null;
    }

    /// <summary>Lists rows anew and goes to a row and field, or as near as the filter lets.</summary>
    public async Task ListAsync(ReviewFilter filter, string? onlyField, string? search, long? rowId, string? fieldKey, CancellationToken cancellation)
    {
        (Filter, Search) = (filter, search);
        OnlyField = Fields.Any(f => f.Key == onlyField) ? onlyField : null;
        Show(await read.ListAsync(Batch!, Calibration, filter, OnlyField, search, cancellation));
        var column = Fields.ToList().FindIndex(f => f.Key == fieldKey);
        Position = -1;
        await GoAsync(rowId is { } id ? _positions.GetValueOrDefault(id) : 0, Math.Max(0, column), cancellation);
    }

    /// <summary>Takes in rows that came since. Rows listed already stay, so that nothing moves away under the reader's eyes.</summary>
    public async Task ExtendAsync(CancellationToken cancellation)
    {
        if (Batch is null) return;
        var fresh = await read.ListAsync(Batch, Calibration, Filter, OnlyField, Search, cancellation);
        if (fresh.TrueForAll(r => _positions.ContainsKey(r.Id))) return;
        var active = Active?.Id;
        Show([.. Rows.Union(fresh).OrderBy(r => r.Ordinal)]);
        if (active is { } id) Position = _positions[id];
        else await GoAsync(0, Column, cancellation);
    }

    public Task<List<ReviewRow>> ReadAsync(int start, int count, CancellationToken cancellation) =>
        read.RowsAsync(Batch!, Calibration, [.. Rows.Skip(start).Take(count).Select(r => r.Id)], cancellation);

    /// <summary>Makes a cell active; places beyond the edge stop at it.</summary>
    public async Task GoAsync(int position, int column, CancellationToken cancellation)
    {
        IsEditing = false;
        Problem = null;
        Column = Math.Clamp(column, 0, Math.Max(0, Fields.Count - 1));
        var target = Rows.Count == 0 ? -1 : Math.Clamp(position, 0, Rows.Count - 1);
        if (target == Position && Active is not null) return;
        Position = target;
        await ReloadAsync(cancellation);
    }

    /// <summary>The next cell in reading order.</summary>
    public Task GoOnAsync(CancellationToken cancellation) => Column + 1 < Fields.Count
        ? GoAsync(Position, Column + 1, cancellation)
        : GoAsync(Position + 1, Position + 1 < Rows.Count ? 0 : Column, cancellation);

    /// <summary>The next cell that is worth a look, in reading order; rows that are accepted are passed over.</summary>
    public async Task GoToUncertainAsync(CancellationToken cancellation)
    {
        for (var start = Math.Max(0, Position); start < Rows.Count; start += RowsAtATime)
            foreach (var (i, row) in (await ReadAsync(start, RowsAtATime, cancellation)).Index())
            {
                if (row.Status is not (RowStatus.Answered or RowStatus.InReview)) continue;
                var from = start + i == Position ? Column + 1 : 0;
                var column = row.Cells.Index().Where(c => c.Index >= from && c.Item.IsLow).Select(c => c.Index).DefaultIfEmpty(-1).First();
                if (column < 0) continue;
                await GoAsync(start + i, column, cancellation);
                return;
            }
        Problem = "No uncertain cell follows in this list.";
    }

    /// <summary>Reads the active row again; somebody may have changed it.</summary>
    public async Task ReloadAsync(CancellationToken cancellation) =>
        Active = Position < 0 ? null : (await ReadAsync(Position, 1, cancellation)).FirstOrDefault();

    public void StartEditing()
    {
        Problem = Active is null || RowSteps.IsOpen(Active.Status) ? null : RowSteps.NotAnswered;
        IsEditing = Active is not null && Problem is null;
    }

    public void StopEditing() => IsEditing = false;

    /// <summary>Saves the active cell.</summary>
    public async Task SaveAsync(string? value, CancellationToken cancellation)
    {
        if (Active is not { } row || ActiveField is not { } field) return;
        var outcome = await edit.HandleAsync(row.Id, field.Key, value, cancellation);
        IsEditing = outcome.Result == ReviewResult.Refused;
        await TakeAsync(outcome, new Step(row.Id, Correction: outcome.CorrectionId), cancellation);
    }

    /// <summary>Accepts the active row and goes to the next one.</summary>
    public async Task AcceptAsync(CancellationToken cancellation)
    {
        if (Active is not { } row) return;
        var outcome = await accept.HandleAsync(row.Id, cancellation);
        if (await TakeAsync(outcome, new Step(row.Id, WasAccepted: true), cancellation)) await GoAsync(Position + 1, Column, cancellation);
    }

    public async Task ReopenAsync(CancellationToken cancellation)
    {
        if (Active is { } row) await TakeAsync(await accept.ReopenAsync(row.Id, cancellation), null, cancellation);
    }

    /// <summary>Rates the active row; null for the comment keeps it.</summary>
    public async Task RateAsync(int? rating, string? comment, CancellationToken cancellation)
    {
        if (Active is not { } row) return;
        await TakeAsync(await rate.HandleAsync(row.Id, rating, comment, cancellation), new Step(row.Id, Rating: (row.Rating, row.Comment)), cancellation);
    }

    /// <summary>Takes back this reviewer's last step and goes to its row; without one, the active row's newest edit.</summary>
    public async Task UndoAsync(CancellationToken cancellation)
    {
        if (_steps.Count == 0)
        {
            if (Active is { } row) await TakeAsync(await undo.LatestAsync(row.Id, cancellation), null, cancellation);
            return;
        }
        var step = _steps[^1];
        _steps.RemoveAt(_steps.Count - 1);
        var outcome = await TakeBackAsync(step, cancellation);
        if (_positions.TryGetValue(step.RowId, out var position)) await GoAsync(position, Column, cancellation);
        await TakeAsync(outcome, null, cancellation);
    }

    private Task<ReviewOutcome> TakeBackAsync(Step step, CancellationToken cancellation) => step switch
    {
        { Correction: { } correction } => undo.HandleAsync(correction, cancellation),
        { Rating: { } before } => rate.HandleAsync(step.RowId, before.Rating, before.Comment, cancellation),
        _ => accept.ReopenAsync(step.RowId, cancellation),
    };

    private async Task<bool> TakeAsync(ReviewOutcome outcome, Step? step, CancellationToken cancellation)
    {
        Problem = outcome.Result is ReviewResult.Refused or ReviewResult.NotFound ? outcome.Message : null;
        if (outcome.Result == ReviewResult.Done && step is not null) _steps.Add(step);
        if (_steps.Count > MaxUndo) _steps.RemoveAt(0);
        await ReloadAsync(cancellation);
        return Problem is null;
    }

    private void Show(List<RowRef> rows)
    {
        Rows = rows;
        _positions = rows.Index().ToDictionary(r => r.Item.Id, r => r.Index);
    }

    private sealed record Step(long RowId, long? Correction = null, bool WasAccepted = false, (int? Rating, string Comment)? Rating = null);
}
