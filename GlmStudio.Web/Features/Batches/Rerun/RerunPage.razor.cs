using GlmStudio.Engine;
using Microsoft.AspNetCore.Components;

namespace GlmStudio.Web.Features.Batches.Rerun;

public partial class RerunPage(ReadBatches read, NewBatchChoices choices, PreviewRerun previews, SampleRerun samples, StartRerun start, NavigationManager navigation)
{
    private BatchSummary? _batch;
    private IReadOnlyList<VersionChoice> _versions = [];
    private RerunPreview? _preview;
    private RerunSample? _sample;
    private CancellationTokenSource? _sampling;
    private IReadOnlyList<BatchProblem> _problems = [];
    private int _number;
    private int _done;
    private bool _isStarting;

    [Parameter] public int Id { get; set; }

    /// <summary>The version's number; without it the newest.</summary>
    [SupplyParameterFromQuery(Name = "version")] public int? VersionQuery { get; set; }

    /// <summary>The sample is nearer to what comes than what the batch measured under the old version.</summary>
    private double? SecondsARow => _sample?.SecondsARow ?? _preview!.SecondsARow;

    protected override async Task OnInitializedAsync()
    {
        _batch = await read.FindAsync(Id, CancellationToken.None);
        _versions = (await choices.TemplatesAsync(CancellationToken.None)).FirstOrDefault(t => t.Key == _batch?.Template)?.Versions ?? [];
        if (_versions.Count > 0) await ChooseAsync(VersionQuery ?? _versions[0].Number);
    }

    private async Task ChooseAsync(int number)
    {
        _sampling?.Cancel();
        (_number, _sample, _problems) = (number, null, []);
        _preview = await previews.HandleAsync(Id, number, CancellationToken.None);
    }

    private async Task SampleAsync()
    {
        using var stop = _sampling = new CancellationTokenSource();
        (_done, _problems) = (0, []);
        var progress = new Progress<int>(done => InvokeAsync(() =>
        {
            _done = done;
            StateHasChanged();
        }));
        try
        {
            _sample = await samples.HandleAsync(Id, _preview!.VersionId, progress, stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Stopped: there is no estimate.
        }
        catch (EngineException fault)
        {
            _problems = [new("{0}", fault.Message)];
        }
        _sampling = null;
    }

    private async Task StartAsync()
    {
        if (_isStarting) return;
        _isStarting = true;
        var started = await start.HandleAsync(Id, _number, CancellationToken.None);
        _isStarting = false;
        _problems = started.Problems;
        if (started.BatchId is { } batch) navigation.NavigateTo($"/batches/{batch}");
    }

    public void Dispose()
    {
        _sampling?.Cancel();
        GC.SuppressFinalize(this);
    }
}
