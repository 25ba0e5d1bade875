using GlmStudio.Web.Data;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Radzen;

namespace GlmStudio.Web.Features.Review;

/// <summary>Rows beside their picture. The session holds the place, the handlers hold the truth, the script holds zoom and keys.</summary>
public sealed partial class ReviewPage(
    ReadReview read, EditCell edit, UndoCorrection undo, AcceptRow accept, RateRow rate, ChangeFeed changes, TimeProvider time,
    NavigationManager navigation, NotificationService notifications, DialogService dialogs, IJSRuntime js) : IAsyncDisposable
{
    private static readonly TimeSpan AddressPause = TimeSpan.FromMilliseconds(300);
    private readonly List<IDisposable> _subscriptions = [];
    private readonly CancellationTokenSource _closed = new();
    private readonly SemaphoreSlim _turn = new(1);
    private ReviewSession? _session;
    private ReviewGrid? _grid;
    private ElementReference _root;
    private IJSObjectReference? _module;
    private IJSObjectReference? _view;
    private DotNetObjectReference<ReviewPage>? _self;
    private ITimer? _address;
    private bool _missing;
    private bool _attached;
    private bool _takeFocus;

    [Parameter] public int BatchId { get; set; }
    [SupplyParameterFromQuery(Name = "row")] public long? RowId { get; set; }
    [SupplyParameterFromQuery(Name = "field")] public string? FieldKey { get; set; }
    [SupplyParameterFromQuery(Name = "filter")] public string? FilterName { get; set; }
    [SupplyParameterFromQuery(Name = "only")] public string? OnlyField { get; set; }
    [SupplyParameterFromQuery(Name = "q")] public string? Search { get; set; }

    protected override async Task OnInitializedAsync()
    {
        var session = new ReviewSession(read, edit, undo, accept, rate);
        _missing = !await session.OpenAsync(BatchId, _closed.Token);
        // Finding the wrong rows means scoring the batch: not twice, once for the picture of the page and once for the page.
        if (_missing || (!RendererInfo.IsInteractive && Parse(FilterName) == ReviewFilter.Wrong)) return;
        await session.ListAsync(Parse(FilterName), OnlyField, Search, RowId, FieldKey, _closed.Token);
        _session = session;
        _address = time.CreateTimer(_ => _ = InvokeAsync(WriteAddress), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _subscriptions.Add(changes.Subscribe("row", null, () => InvokeAsync(RefreshAsync)));
        _subscriptions.Add(changes.Subscribe("batch", BatchId, () => InvokeAsync(ExtendAsync)));
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_session?.Batch is null) return;
        if (!_attached)
        {
            _attached = true;
            _self = DotNetObjectReference.Create(this);
            _module = await js.InvokeAsync<IJSObjectReference>("import", "/js/review.js");
            _view = await _module.InvokeAsync<IJSObjectReference>("attach", _root, _self);
        }
        if (_view is null) return;
        var focus = _takeFocus || firstRender;
        _takeFocus = false;
        await _view.InvokeVoidAsync("show", _session.Position, _session.Column, focus, _session.IsEditing, _session.Active?.Id ?? 0);
    }

    /// <summary>A key the script did not keep for itself.</summary>
    [JSInvokable]
    public Task KeyAsync(string key) => key switch
    {
        "up" => GoAsync(-1, 0),
        "down" => GoAsync(1, 0),
        "left" => GoAsync(0, -1),
        "right" => GoAsync(0, 1),
        "pageup" => GoAsync(-10, 0),
        "pagedown" => GoAsync(10, 0),
        "home" => GoAsync(0, -1000),
        "end" => GoAsync(0, 1000),
        "first" => GoAsync(int.MinValue / 2, 0),
        "last" => GoAsync(int.MaxValue / 2, 0),
        "edit" => EditActiveAsync(),
        "cancel" => StepAsync(_ => { _session!.StopEditing(); return Task.CompletedTask; }),
        "accept" => StepAsync(_session!.AcceptAsync),
        "next" => StepAsync(_session!.GoToUncertainAsync),
        "undo" => StepAsync(_session!.UndoAsync),
        "null" => SaveAsync(null),
        "help" => ShowKeysAsync(),
        ['r', 'a', 't', 'e', var digit] => StepAsync(c => _session!.RateAsync(digit - '0', null, c)),
        _ => Task.CompletedTask,
    };

    /// <summary>The editor's text; then on to the next cell, or stay where the focus went elsewhere.</summary>
    [JSInvokable]
    public Task SaveEditAsync(string value, bool goOn) => StepAsync(async cancellation =>
    {
        if (!_session!.IsEditing) return;
        await _session.SaveAsync(value, cancellation);
        if (goOn && _session.Problem is null) await _session.GoOnAsync(cancellation);
    }, focus: goOn);

    private Task SaveAsync(string? value) => StepAsync(c => _session!.SaveAsync(value, c));

    private Task RateAsync((int? Rating, string? Comment) verdict) => StepAsync(c => _session!.RateAsync(verdict.Rating, verdict.Comment, c), focus: false);

    private Task GoAsync(int rows, int columns) => StepAsync(c => _session!.GoAsync(_session.Position + rows, _session.Column + columns, c));

    private Task SelectAsync((int Position, int Column) cell) => StepAsync(c => _session!.GoAsync(cell.Position, cell.Column, c));

    private Task EditAsync((int Position, int Column) cell) => StepAsync(async cancellation =>
    {
        await _session!.GoAsync(cell.Position, cell.Column, cancellation);
        _session.StartEditing();
    });

    private Task EditActiveAsync() => EditAsync((_session!.Position, _session.Column));

    // One way for every step: do it, show what came of it, remember the place in the address. Keys come faster than rows are saved:
    // a step waits for the one before it, or "a a" would accept one row twice and skip the next.
    private async Task StepAsync(Func<CancellationToken, Task> step, bool focus = true)
    {
        await _turn.WaitAsync(_closed.Token);
        try
        {
            await step(_closed.Token);
        }
        finally
        {
            _turn.Release();
        }
        _takeFocus = focus;
        if (_session!.Problem is { } problem) notifications.Notify(NotificationSeverity.Warning, L[problem], duration: 6000);
        if (_grid is not null) await _grid.RefreshAsync();
        _address?.Change(AddressPause, Timeout.InfiniteTimeSpan);
        StateHasChanged();
    }

    private Task FilterAsync(string? name) => ListAsync(Parse(name), _session!.OnlyField, _session.Search);

    private Task OnlyFieldAsync(string? key) => ListAsync(_session!.Filter, key, _session.Search);

    private Task SearchAsync(string? text) => ListAsync(_session!.Filter, _session.OnlyField, text);

    private Task ListAsync(ReviewFilter filter, string? onlyField, string? search) => StepAsync(
        c => _session!.ListAsync(filter, onlyField, search, _session.Active?.Id, _session.ActiveField?.Key, c), focus: false);

    private async Task RefreshAsync()
    {
        await _session!.ReloadAsync(_closed.Token);
        if (_grid is not null) await _grid.RefreshAsync();
        StateHasChanged();
    }

    private async Task ExtendAsync()
    {
        await _session!.ExtendAsync(_closed.Token);
        await RefreshAsync();
    }

    private async Task ShowKeysAsync() => await dialogs.OpenAsync<KeysDialog>(L["Keys"], options: new DialogOptions { CloseDialogOnEsc = true, CloseDialogOnOverlayClick = true });

    private void WriteAddress()
    {
        if (_closed.IsCancellationRequested) return;
        var address = navigation.GetUriWithQueryParameters(new Dictionary<string, object?>
        {
            ["row"] = _session!.Active?.Id, ["field"] = _session.ActiveField?.Key, ["only"] = _session.OnlyField,
            ["filter"] = _session.Filter == ReviewFilter.All ? null : Name(_session.Filter),
            ["q"] = string.IsNullOrWhiteSpace(_session.Search) ? null : _session.Search,
        });
        if (address != navigation.Uri) navigation.NavigateTo(address, new NavigationOptions { ReplaceHistoryEntry = true });
    }

    private static ReviewFilter Parse(string? name) => Enum.TryParse<ReviewFilter>(name, ignoreCase: true, out var filter) && Enum.IsDefined(filter) ? filter : ReviewFilter.All;

    private static string Name(ReviewFilter filter) => filter switch
    {
        ReviewFilter.ToReview => "toreview", ReviewFilter.Failed => "failed", ReviewFilter.Corrected => "corrected",
        ReviewFilter.Wrong => "wrong", ReviewFilter.LowScore => "lowscore", ReviewFilter.Messages => "messages", ReviewFilter.Accepted => "accepted", _ => "all",
    };

    public async ValueTask DisposeAsync()
    {
        await _closed.CancelAsync();
        _subscriptions.ForEach(s => s.Dispose());
        if (_address is not null) await _address.DisposeAsync();
        try
        {
            if (_view is not null) await _view.InvokeVoidAsync("dispose");
            if (_module is not null) await _module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The window is gone, and its script with it.
        }
        _self?.Dispose();
        _turn.Dispose();
        _closed.Dispose();
    }
}
