using GlmStudio.Engine;
using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Domain.Answers;
using GlmStudio.Web.Domain.Rules;
using GlmStudio.Web.Engines;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.JSInterop;
using Radzen;

namespace GlmStudio.Web.Features.Playground;

public sealed partial class PlaygroundPage(
    EngineCatalog catalog, ListTemplateVersions templates, AskEngine ask, QuestionBook rules, IJSRuntime js, NotificationService notifications)
{
    private const int MostPictures = 16;
    private const int MostTurns = 20;
    private const long MostBytes = 64 << 20;

    private readonly List<PickedPicture> _pictures = [];
    private readonly List<Turn> _history = [];
    private readonly CancellationTokenSource _gone = new();
    private IReadOnlyList<EngineInfo> _engines = [];
    private IReadOnlyList<TemplateChoice> _choices = [];
    private TemplateVersion? _version;
    private Turn? _now;
    private Turn? _beside;
    private CancellationTokenSource? _stop;
    private ElementReference _root;
    private IJSObjectReference? _module;
    private string _question = "";
    private string _engine = "";
    private string? _problem;
    private int _maxTokens = new SamplingOptions().MaxTokens;
    private double _temperature;
    private Grounding? _grounding;
    private int _inputKey;
    private bool _isReading;
    private bool _isAsking;

    /// <summary>A template version to begin with: <c>/playground?version=12</c>.</summary>
    [SupplyParameterFromQuery(Name = "version")] public int? VersionId { get; set; }

    public async ValueTask DisposeAsync()
    {
        await _gone.CancelAsync();
        _gone.Dispose();
        _stop?.Dispose();
        try
        {
            if (_module is not null) await _module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The browser has gone first.
        }
    }

    protected override async Task OnInitializedAsync()
    {
        _engines = catalog.List();
        _engine = _engines.Count > 0 ? _engines[0].Name : "";
        _choices = await templates.HandleAsync(_gone.Token);
        if (VersionId is { } version) _version = await templates.FindAsync(version, _gone.Token);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        _module ??= await js.InvokeAsync<IJSObjectReference>("import", "/js/playground.js");
        await _module.InvokeVoidAsync("listen", _root);
    }

    private async Task ChooseAsync(ChangeEventArgs chosen) =>
        _version = int.TryParse(chosen.Value?.ToString(), out var id) ? await templates.FindAsync(id, _gone.Token) : null;

    private async Task AddAsync(InputFileChangeEventArgs chosen)
    {
        _problem = null;
        _isReading = true;
        try
        {
            // A picture can be chosen before the script has arrived.
            _module ??= await js.InvokeAsync<IJSObjectReference>("import", "/js/playground.js");
            var previews = await _module.InvokeAsync<string[]>("previews", _root);
            var files = chosen.GetMultipleFiles(Math.Max(chosen.FileCount, 1));
            foreach (var (index, file) in files.Index()) await AddAsync(file, previews.ElementAtOrDefault(index) ?? "");
        }
        finally
        {
            _isReading = false;
            _inputKey++;
        }
    }

    private async Task AddAsync(IBrowserFile file, string preview)
    {
        if (_pictures.Count == MostPictures) _problem = L["At most {0} pictures go with one question.", MostPictures];
        else if (file.Size > MostBytes) _problem = L["{0} is larger than {1} MB.", file.Name, MostBytes >> 20];
        else _pictures.Add(new PickedPicture(file.Name, await ReadAsync(file), preview));
    }

    private async Task<byte[]> ReadAsync(IBrowserFile file)
    {
        await using var stream = file.OpenReadStream(MostBytes, _gone.Token);
        var bytes = new byte[file.Size];
        await stream.ReadExactlyAsync(bytes, _gone.Token);
        return bytes;
    }

    // Earlier questions of the visit still show their pictures: the browser keeps them until the page is left.
    private void RemoveAsync(PickedPicture picture) => _pictures.Remove(picture);

    // The button stays enabled: a browser that sends Ctrl+Enter right after the last key must not find it still disabled.
    private string? WhyNot()
    {
        if (_engine is "") return L["No engine is loaded."];
        if (_isReading) return L["The pictures are still being read."];
        return _version is null && string.IsNullOrWhiteSpace(_question) ? L["Write what you want to know, or choose a template."].Value : null;
    }

    private async Task AskAsync()
    {
        if (!Begin()) return;
        try
        {
            var rule = _version is null ? await rules.FindAsync(_question, _gone.Token) : null;
            var version = _version ?? rule?.Version;
            _now = TurnOf(version, version is null ? null : $"{version.Template?.Name} · {version.Number}", rule?.Name);
            await RunAsync(_now, version, rule?.Keys);
        }
        finally
        {
            _isAsking = false;
        }
    }

    /// <summary>The free question beside the same as fields.</summary>
    private async Task AskBothAsync()
    {
        if (QuestionRewrite.Of(_question) is not { } version || !Begin()) return;
        _now = TurnOf(null, null, null);
        _beside = TurnOf(version, L["As fields: {0}", string.Join(", ", version.Fields.Select(f => f.Label))], null);
        try
        {
            await Task.WhenAll(RunAsync(_now, null, null), RunAsync(_beside, version, null));
        }
        finally
        {
            _isAsking = false;
        }
    }

    /// <summary>Makes room for a new turn. Until it ends no other begins, not even while its rule is still looked up.</summary>
    private bool Begin()
    {
        if (_isAsking) return false;
        _problem = WhyNot();
        if (_problem is not null) return false;
        foreach (var turn in new[] { _beside, _now }.OfType<Turn>()) _history.Insert(0, turn);
        if (_history.Count > MostTurns) _history.RemoveRange(MostTurns, _history.Count - MostTurns);
        (_now, _beside) = (null, null);
        _stop?.Dispose();
        _stop = CancellationTokenSource.CreateLinkedTokenSource(_gone.Token);
        return _isAsking = true;
    }

    private Turn TurnOf(TemplateVersion? version, string? name, string? rule) => new()
    {
        Question = version is null ? _question.Trim() : PromptRenderer.Render(version), Engine = _engine, Pictures = [.. _pictures],
        Grounding = _grounding ?? version?.Grounding ?? Grounding.ModelDefault,
        Layout = version is null ? AnswerLayout.Json : PromptRenderer.LayoutOf(version), Template = name, Rule = rule,
        Labels = version?.Fields.ToDictionary(f => f.Key, f => f.Label) ?? [],
        Types = version?.Fields.ToDictionary(f => f.Key, f => f.Type) ?? [],
    };

    private async Task RunAsync(Turn turn, TemplateVersion? version, IReadOnlyList<string>? keys)
    {
        var fields = version?.ToAsked();
        await ask.HandleAsync(turn, fields is { Count: > 0 } ? fields : null, Math.Clamp(_maxTokens, 1, 32_768), Math.Clamp(_temperature, 0, 2),
            () => InvokeAsync(StateHasChanged), _stop!.Token);
        if (version is null || turn.Error is not null || turn.WasStopped || version.Fields.TrueForAll(f => f.Steps.Count == 0 && !f.Required)) return;
        turn.Ruled = [.. FieldRules.Of(version.Fields).Run(AnswerParser.Parse(turn.Text, [.. version.ReadFields], turn.Layout)).Where(v => keys?.Contains(v.Key) ?? true)];
    }

    private Task StopAsync() => _stop?.CancelAsync() ?? Task.CompletedTask;

    private async Task CopyAsync(string text)
    {
        if (_module is null) return;
        await _module.InvokeVoidAsync("copy", text);
        notifications.Notify(NotificationSeverity.Success, L["Copied"], duration: 2000);
    }
}
