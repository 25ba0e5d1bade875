using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Widgets;
using Microsoft.AspNetCore.Components;
using Radzen;
using Radzen.Blazor;

namespace GlmStudio.Web.Features.Batches;

public partial class BatchPage(ReadBatches read, ReadRows readRows, ControlBatch control, ChangeFeed changes, TimeProvider time, ApplyRules applyRules, NewBatchChoices choices,
    NavigationManager navigation, DialogService dialogs, NotificationService notify)
{
    /// <summary>In place of a status: rows with values that a rule wants a person to look at.</summary>
    private const string WithMessages = "messages";

    /// <summary>How often an open page reads again at most.</summary>
    internal static readonly TimeSpan Period = TimeSpan.FromSeconds(0.5);

    private RadzenDataGrid<Row>? _grid;
    private BatchSummary? _batch;
    private IReadOnlyList<Field> _fields = [];
    // Null makes the grid ask for its first window; an empty list would not.
    private IReadOnlyList<Row>? _rows;
    private int _generation;
    private int _turn;
    private int _count;
    private bool _isRead;
    private bool _hasOtherVersion;
    private Pulse? _pulse;

    [Parameter] public int Id { get; set; }

    /// <summary>Filter by status, a <see cref="RowStatus"/>'s name; or <see cref="WithMessages"/>.</summary>
    [SupplyParameterFromQuery(Name = "status")] public string? StatusQuery { get; set; }

    /// <summary>Filter by text.</summary>
    [SupplyParameterFromQuery(Name = "q")] public string? TextQuery { get; set; }

    private bool IsOver => _batch!.Status is BatchStatus.Finished or BatchStatus.Cancelled;
    private RowStatus? Status => Enum.TryParse<RowStatus>(StatusQuery, ignoreCase: true, out var status) ? status : null;

    private bool OnlyMessages => StatusQuery == WithMessages;

    private IEnumerable<StatusChoice> Statuses =>
        [new("", L["All rows"]), new(WithMessages, L["With messages"]), .. Enum.GetValues<RowStatus>().Select(s => new StatusChoice(s.ToString(), L.Name(s)))];

    private IEnumerable<PriorityChoice> Priorities => Enum.GetValues<BatchPriority>().Select(p => new PriorityChoice(p, L[PriorityWords.Of(p)]));

    private string ClosingLine => _batch!.SecondsAnImage is { } seconds
        ? L["{0}/{1} answered, {2:0.0} s an image, peak memory {3:0.0} GB", _batch.Answered, _batch.Rows, seconds, _batch.PeakMemoryBytes / 1e9]
        : L["{0}/{1} answered", _batch.Answered, _batch.Rows];

    protected override async Task OnParametersSetAsync()
    {
        if (_batch?.Id == Id) return;
        _batch = await read.FindAsync(Id, CancellationToken.None);
        _fields = await readRows.FieldsAsync(Id, CancellationToken.None);
        _hasOtherVersion = await choices.HasOtherVersionAsync(Id, CancellationToken.None);
        _isRead = true;
        if (!RendererInfo.IsInteractive) return;
        if (_pulse is not null) await _pulse.DisposeAsync();
        _pulse = new Pulse(changes, time, Period, Id, () => InvokeAsync(RefreshAsync));
    }

    private async Task LoadAsync(LoadDataArgs args)
    {
        var turn = ++_turn;
        var window = await readRows.HandleAsync(Id, Status, OnlyMessages, TextQuery, args.Skip ?? 0, args.Top ?? 50, CancellationToken.None);
        // A slow reading must not put what it saw over that of a later one.
        if (turn == _turn) (_rows, _count) = window;
    }

    private async Task RefreshAsync()
    {
        _batch = await read.FindAsync(Id, CancellationToken.None);
        if (_count == 0) StartOver();
        StateHasChanged();
        if (_count > 0 && _grid is not null) await _grid.RefreshDataAsync();
    }

    private void Filter(string? status, string? text)
    {
        (StatusQuery, TextQuery) = (status, text);
        navigation.NavigateTo(navigation.GetUriWithQueryParameters(new Dictionary<string, object?>
        {
            ["status"] = string.IsNullOrEmpty(status) ? null : status, ["q"] = string.IsNullOrEmpty(text) ? null : text,
        }), replace: true);
        StartOver();
    }

    /// <summary>A grid that showed nothing, or something else, does not look again by itself: a new one takes its place.</summary>
    private void StartOver()
    {
        (_rows, _count) = (null, 0);
        _generation++;
    }

    private async Task ChangeAsync(Func<int, CancellationToken, Task<BatchChanged>> change)
    {
        if ((await change(Id, CancellationToken.None)).Problem is { } problem) notify.Notify(NotificationSeverity.Warning, problem.In(L));
        await RefreshAsync();
    }

    private async Task ApplyRulesAsync()
    {
        var applied = await applyRules.HandleAsync(Id, null, CancellationToken.None);
        if (applied.Problem is { } problem) notify.Notify(NotificationSeverity.Warning, problem.In(L), duration: 8000);
        else notify.Notify(NotificationSeverity.Success, L["Rules of version {0} applied: {1} rows changed, {2} with messages, {3} accepted rows left as they are.",
            applied.Version, applied.Changed, applied.WithMessages, applied.AcceptedLeft], duration: 8000);
        _fields = await readRows.FieldsAsync(Id, CancellationToken.None);
        await RefreshAsync();
    }

    private async Task CancelAsync()
    {
        if (await AskAsync(L["Cancel the batch? Rows that wait stay without answer; what is answered is kept."], L["Cancel the batch"])) await ChangeAsync(control.CancelAsync);
    }

    private async Task DeleteAsync()
    {
        if (!await AskAsync(L["Delete the batch with its answers and corrections? Pictures and labels stay."], L["Delete the batch"])) return;
        await control.DeleteAsync(Id, CancellationToken.None);
        navigation.NavigateTo("/batches");
    }

    private async Task<bool> AskAsync(string question, string yes) =>
        await dialogs.Confirm(question, yes, new ConfirmOptions { OkButtonText = yes, CancelButtonText = L["Go back"] }) == true;

    private async Task OpenAsync(Row row) => await dialogs.OpenAsync<RowDialog>(row.ImageItem!.DisplayName,
        new Dictionary<string, object?> { [nameof(RowDialog.BatchId)] = Id, [nameof(RowDialog.RowId)] = row.Id, [nameof(RowDialog.Fields)] = _fields },
        new DialogOptions { Width = "min(1100px, 94vw)", Height = "min(760px, 92vh)", CloseDialogOnEsc = true, CloseDialogOnOverlayClick = true, Resizable = true });

    public async ValueTask DisposeAsync()
    {
        if (_pulse is not null) await _pulse.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private sealed record StatusChoice(string Value, string Text);
    private sealed record PriorityChoice(BatchPriority Value, string Text);
}
