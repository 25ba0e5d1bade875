using GlmStudio.Engine;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Engines;
using Microsoft.AspNetCore.Components;

namespace GlmStudio.Web.Features.Batches;

public partial class NewBatchPage(NewBatchChoices choices, EngineCatalog engines, CreateBatch create, NavigationManager navigation)
{
    private IReadOnlyList<DatasetChoice>? _datasets;
    private IReadOnlyList<TemplateChoice>? _templates;
    private IReadOnlyList<EngineInfo> _engines = [];
    private int? _datasetId;
    private int? _labelSetId;
    private int? _templateId;
    private int? _versionId;
    private string? _engine;
    private int? _limit;
    private string _name = "";
    private double? _secondsAnImage;
    private BatchProblem? _problem;
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
    private int Rows => Math.Min(Dataset?.Pictures ?? 0, _limit ?? int.MaxValue);
    private string SuggestedName => Dataset is null || Template is null ? "" :
        $"{Dataset.Name} · {Template.Name} v{Template.Versions.FirstOrDefault(v => v.Id == _versionId)?.Number}";

    protected override async Task OnInitializedAsync()
    {
        _templates = await choices.TemplatesAsync(CancellationToken.None);
        var datasets = await choices.DatasetsAsync(CancellationToken.None);
        _engines = engines.List();
        _engine = (EngineQuery is { Length: > 0 } asked ? engines.Find(asked) : null)?.Info.Name ?? engines.Find(null)?.Info.Name;
        _datasetId = (datasets.FirstOrDefault(d => d.Id == DatasetQuery) ?? datasets.FirstOrDefault(d => d.Pictures > 0) ?? (datasets is [var newest, ..] ? newest : null))?.Id;
        _templateId = (_templates.FirstOrDefault(t => t.Key == TemplateQuery || t.Id.ToString(System.Globalization.CultureInfo.InvariantCulture) == TemplateQuery)
            ?? (_templates is [var first, ..] ? first : null))?.Id;
        _datasets = datasets;
        DatasetChanged();
        _versionId = Template?.Versions.OrderByDescending(v => v.Id == VersionQuery).Select(v => (int?)v.Id).FirstOrDefault();
        await EstimateAsync();
    }

    private void DatasetChanged() => _labelSetId = Dataset?.LabelSets.Select(s => (int?)s.Id).FirstOrDefault();

    private Task TemplateChangedAsync()
    {
        _versionId = Template?.Versions.Select(v => (int?)v.Id).FirstOrDefault();
        return EstimateAsync();
    }

    private async Task EstimateAsync() =>
        _secondsAnImage = _engine is null ? null : await choices.SecondsAnImageAsync(_engine, _versionId, CancellationToken.None);

    private async Task StartAsync()
    {
        if (_isStarting || _datasetId is not { } dataset || _versionId is not { } version) return;
        _isStarting = true;
        var created = await create.HandleAsync(new BatchOrder(dataset, version, _engine ?? "", _labelSetId, _name ?? "", null, _limit), CancellationToken.None);
        _isStarting = false;
        _problem = created.Problem;
        if (created.Id is { } id) navigation.NavigateTo($"/batches/{id}");
    }
}
