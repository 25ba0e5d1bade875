using GlmStudio.Web.Features.Datasets.Labels;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.Options;
using Radzen;

namespace GlmStudio.Web.Features.Datasets;

public sealed partial class LabelImportForm
{
    // A select with thousands of options, a thousand times, is no page any more.
    private const int MostShown = 40;
    private const int MostColumns = 300;

    private byte[] _bytes = [];
    private string? _file;
    private string? _problem;
    private string _name = "";
    private LabelSheetReading? _reading;
    private SheetPreview? _sheet;
    private List<LabelTemplate>? _templates;
    private LabelTemplate? _template;
    private string _imageColumn = "";
    private Dictionary<string, string> _map = [];
    private IReadOnlyList<string> _guessedKeys = [];
    private ImportLabelsResult? _preview;
    private bool _isBusy;

    [Parameter, EditorRequired] public int DatasetId { get; set; }

    /// <summary>The dataset has label sets already.</summary>
    [Parameter] public bool HasSets { get; set; }

    [Parameter] public EventCallback Imported { get; set; }
    [Inject] private ReadLabelSheet Read { get; set; } = default!;
    [Inject] private ImportLabels Import { get; set; } = default!;
    [Inject] private LabelTemplates Templates { get; set; } = default!;
    [Inject] private IOptions<DatasetOptions> Limits { get; set; } = default!;
    [Inject] private NotificationService Notifications { get; set; } = default!;

    private IReadOnlyList<string> Keys => _template is null ? _guessedKeys : [.. _template.Fields.Select(f => f.Key)];

    private string Use(string column) => column == _imageColumn ? "image" : FieldOf(column) is null ? "unused" : "";

    private string? FieldOf(string column) => _map.FirstOrDefault(m => m.Value == column).Key;

    private async Task OpenAsync(InputFileChangeEventArgs e)
    {
        (_problem, _sheet, _preview, _file, _name) = (null, null, null, e.File.Name, Path.GetFileNameWithoutExtension(e.File.Name));
        if (e.File.Size > Limits.Value.MaxSheetBytes)
        {
            _problem = L["The label sheet is larger than the limit of {0} MB.", Limits.Value.MaxSheetBytes >> 20];
            return;
        }
        await using (var stream = e.File.OpenReadStream(Limits.Value.MaxSheetBytes))
        {
            using var buffer = new MemoryStream();
            await stream.CopyToAsync(buffer);
            _bytes = buffer.ToArray();
        }
        _reading = await Read.HandleAsync(new MemoryStream(_bytes), e.File.Name, CancellationToken.None);
        _problem = _reading.Problem;
        _templates ??= await Templates.ListAsync(CancellationToken.None);
        if (_problem is null) await GuessAsync(null, null);
    }

    private Task ChooseSheetAsync(string? name) => GuessAsync(name, null);

    private Task ChooseTemplateAsync(string? key)
    {
        _template = _templates?.FirstOrDefault(t => t.Key == key);
        return GuessAsync(_sheet?.Name, _imageColumn);
    }

    private Task ChooseImageColumnAsync(string? column) => GuessAsync(_sheet?.Name, column);

    private Task MapAsync(string key, string? column)
    {
        if (string.IsNullOrEmpty(column)) _map.Remove(key);
        else _map[key] = column;
        return PreviewAsync();
    }

    // Starts over with what the sheet, the template and the picture column suggest.
    private async Task GuessAsync(string? sheet, string? imageColumn)
    {
        var guess = await Import.PreviewAsync(new LabelImport(DatasetId, _file!) { Sheet = sheet, ImageColumn = imageColumn, Fields = _template?.Fields ?? [] },
            new MemoryStream(_bytes), CancellationToken.None);
        _sheet = _reading!.Sheets.FirstOrDefault(s => s.Name == (guess.Sheet.Length > 0 ? guess.Sheet : sheet)) ?? _reading.Sheets[0];
        _imageColumn = guess.Mapping?.ImageColumn ?? imageColumn ?? _sheet.Columns[0];
        _map = guess.Mapping is { } mapping ? new Dictionary<string, string>(mapping.Fields) : [];
        _guessedKeys = [.. _map.Keys];
        _preview = guess;
    }

    private LabelImport Asked => new(DatasetId, _file!)
    {
        Name = _name, Sheet = _sheet!.Name, ImageColumn = _imageColumn, Map = _map, MapIsComplete = true, Fields = _template?.Fields ?? [],
    };

    private async Task PreviewAsync() => _preview = await Import.PreviewAsync(Asked, new MemoryStream(_bytes), CancellationToken.None);

    private async Task ImportAsync()
    {
        _isBusy = true;
        var result = await Import.HandleAsync(Asked, new MemoryStream(_bytes), CancellationToken.None);
        _isBusy = false;
        _problem = result.Problem;
        if (result.Problem is not null) return;
        Notifications.Notify(NotificationSeverity.Success, L["Labels of {0} pictures imported", result.Matched.ToString("N0", System.Globalization.CultureInfo.CurrentCulture)]);
        await Imported.InvokeAsync();
    }
}
