using GlmStudio.Web.Domain;
using Microsoft.AspNetCore.Components;

namespace GlmStudio.Web.Features.Batches;

public partial class NewBatchPage(NewBatchChoices choices, CreateBatch create, CheckBatch check, NavigationManager navigation)
{
    private IReadOnlyList<DatasetChoice>? _datasets;
    private IReadOnlyList<TemplateChoice>? _templates;
    private IReadOnlyList<EngineChoice> _engines = [];
    private int? _datasetId;
    private int? _labelSetId;
    private int? _templateId;
    private int? _versionId;
    private string? _engine;
    private int? _limit;
    private string _name = "";
    private double? _secondsAnImage;
    private int _repeats = 1;
    private BatchPriority _priority = BatchPriority.Normal;
    private bool _isAnew;
    private BatchCheck? _check;
    private IReadOnlyList<BatchProblem> _refusals = [];
    private bool _isStarting;

    /// <summary>Preselected dataset, by id.</summary>
    [SupplyParameterFromQuery(Name = "dataset")] public int? DatasetQuery { get; set; }

    /// <summary>Preselected template, by id or key.</summary>
    [SupplyParameterFromQuery(Name = "template")] public string? TemplateQuery { get; set; }

    /// <summary>Preselected engine: a second reading names another than the first.</summary>
    [SupplyParameterFromQuery(Name = "engine")] public string? EngineQuery { get; set; }

    /// <summary>Preselected version, by its id.</summary>
    [SupplyParameterFromQuery(Name = "version")] public int? VersionQuery { get; set; }

    private DatasetChoice? Dataset => _datasets?.FirstOrDefault(d => d.Id == _datasetId);
    private TemplateChoice? Template => _templates?.FirstOrDefault(t => t.Id == _templateId);
    private int Rows => Math.Min(Dataset?.Pictures ?? 0, _limit ?? int.MaxValue) * _repeats;

    /// <summary>What was found before the start, and what the start came upon.</summary>
    private IEnumerable<BatchProblem> Problems => (_check is null || Dataset is { Pictures: 0 } ? [] : _check.Faults).Concat(_refusals).Distinct();

    private IEnumerable<PriorityChoice> Priorities => Enum.GetValues<BatchPriority>().Select(p => new PriorityChoice(p, L[PriorityWords.Of(p)]));

    private string SuggestedName => Dataset is null || Template is null ? "" :
        $"{Dataset.Name} · {Template.Name} v{Template.Versions.FirstOrDefault(v => v.Id == _versionId)?.Number}";

    protected override async Task OnInitializedAsync()
    {
        _templates = await choices.TemplatesAsync(CancellationToken.None);
        var datasets = await choices.DatasetsAsync(CancellationToken.None);
        _engines = await choices.EnginesAsync(CancellationToken.None);
        _engine = (_engines.FirstOrDefault(e => e.Name.Equals(Path.GetFileName(EngineQuery), StringComparison.OrdinalIgnoreCase)) ?? (_engines is [var standard, ..] ? standard : null))?.Name;
        _datasetId = (datasets.FirstOrDefault(d => d.Id == DatasetQuery) ?? datasets.FirstOrDefault(d => d.Pictures > 0) ?? (datasets is [var newest, ..] ? newest : null))?.Id;
        _templateId = (_templates.FirstOrDefault(t => t.Key == TemplateQuery || t.Id.ToString(System.Globalization.CultureInfo.InvariantCulture) == TemplateQuery)
            ?? (_templates is [var first, ..] ? first : null))?.Id;
        _datasets = datasets;
        ChooseLabels();
        _versionId = Template?.Versions.OrderByDescending(v => v.Id == VersionQuery).Select(v => (int?)v.Id).FirstOrDefault();
        await EstimateAsync();
    }

    private void ChooseLabels() => _labelSetId = Dataset?.LabelSets.Select(s => (int?)s.Id).FirstOrDefault();

    private Task DatasetChangedAsync()
    {
        ChooseLabels();
        return EstimateAsync();
    }

    private Task TemplateChangedAsync()
    {
        _versionId = Template?.Versions.Select(v => (int?)v.Id).FirstOrDefault();
        return EstimateAsync();
    }

    private async Task EstimateAsync()
    {
        _refusals = [];
        _secondsAnImage = _engine is null ? null : await choices.SecondsAnImageAsync(_engine, _versionId, CancellationToken.None);
        _check = Order is { } order ? await check.HandleAsync(order, CancellationToken.None) : null;
    }

    private BatchOrder? Order => _datasetId is { } dataset && _versionId is { } version
        ? new BatchOrder(dataset, version, _engine ?? "", _labelSetId, _name ?? "", null, _limit) { Repeats = _repeats, Priority = _priority, IsAnew = _isAnew }
        : null;

    private async Task StartAsync()
    {
        if (_isStarting || Order is not { } order) return;
        _isStarting = true;
        var created = await create.HandleAsync(order, CancellationToken.None);
        _isStarting = false;
        // All that was found before is found again, as it is now.
        (_check, _refusals) = (created.Id is null ? null : _check, created.Problems);
        if (created.Id is { } id) navigation.NavigateTo($"/batches/{id}");
    }

    private sealed record PriorityChoice(BatchPriority Value, string Text);
}
