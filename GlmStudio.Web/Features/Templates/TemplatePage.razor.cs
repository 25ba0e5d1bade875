using System.Globalization;
using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Domain.Confidence;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.Extensions.Options;
using Microsoft.JSInterop;
using Radzen;

namespace GlmStudio.Web.Features.Templates;

/// <summary>The builder: edits a draft beside its rendered prompt and saves it as the next version.</summary>
public sealed partial class TemplatePage : IDisposable
{
    private readonly List<EditedField> _fields = [];
    private TemplateDraft? _draft;
    private OpenedTemplate? _opened;
    private byte[] _baseline = [];
    private IReadOnlyList<TemplateProblem> _problems = [];
    private IDisposable? _subscription;
    private string? _loadedKey;
    private string? _focus;
    private string _announcement = "";
    private string _note = "";
    private int _basedOn;
    private int _openedNumber;
    private int? _newer;
    private int _lastId;
    private bool _loaded;
    private bool _saving;
    private bool _refused;

    [Parameter] public string? Key { get; set; }

    /// <summary>A new template begins with the values that this free question lists.</summary>
    [SupplyParameterFromQuery(Name = "question")] public string? Question { get; set; }

    [Inject] private OpenTemplate Opener { get; set; } = null!;
    [Inject] private CreateTemplate Creator { get; set; } = null!;
    [Inject] private SaveVersion Saver { get; set; } = null!;
    [Inject] private ChangeFeed Changes { get; set; } = null!;
    [Inject] private DialogService Dialogs { get; set; } = null!;
    [Inject] private NotificationService Notifications { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [Inject] private IOptions<ConfirmationOptions> Confirmation { get; set; } = null!;
    [Inject] private IJSRuntime Script { get; set; } = null!;

    private bool IsNew => Key is null;
    private bool IsDirty => _draft is not null && !TemplateJson.Write(Draft().Clean()).AsSpan().SequenceEqual(_baseline);
    private string ConfirmationBand => Confirmation.Value is var band
        ? L["Ask again, on a crop of the picture, for values with a score between {0} and {1}; at most {2} a picture", Percent(band.From), Percent(band.To), band.CellsARow] : "";
    private string Lead => IsNew ? L["Describe what to read; the preview shows the exact text a model gets."] : L["Key {0}, version {1}", Key!, _openedNumber];

    protected override async Task OnParametersSetAsync()
    {
        if (_loaded && Key == _loadedKey) return;
        _loadedKey = Key;
        await ReloadAsync();
        _loaded = true;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_focus is not { } id) return;
        _focus = null;
        await Script.InvokeVoidAsync("glm.focus", id);
    }

    private async Task ReloadAsync()
    {
        _opened = IsNew ? null : await Opener.HandleAsync(Key!);
        _draft = IsNew ? new TemplateDraft { Fields = QuestionRewrite.Of(Question ?? "")?.Fields ?? [NewField()] } : _opened is null ? null : TemplateDraft.Of(_opened.Template, _opened.Newest);
        (_problems, _newer, _refused, _note) = ([], null, false, "");
        _basedOn = _openedNumber = _opened?.Newest.Number ?? 0;
        _fields.Clear();
        _fields.AddRange((_draft?.Fields ?? []).Select(f => new EditedField(++_lastId, f)));
        if (_draft is not null) _baseline = TemplateJson.Write(Draft().Clean());
        _subscription?.Dispose();
        _subscription = _opened is { } opened ? Changes.Subscribe("template", opened.Template.Id, () => InvokeAsync(NoticeAsync)) : null;
    }

    /// <summary>Somebody saved this template: take it when nothing was edited here, say so otherwise.</summary>
    private async Task NoticeAsync()
    {
        if (_saving || await Opener.HandleAsync(Key!) is not { } now) return;
        if (!IsDirty) await ReloadAsync();
        else if (now.Newest.Number > _basedOn) (_newer, _basedOn, _opened) = (now.Newest.Number, now.Newest.Number, now);
        StateHasChanged();
    }

    private TemplateDraft Draft() => new()
    {
        Key = _draft!.Key, Name = _draft.Name, Description = _draft.Description, Instruction = _draft.Instruction, Grounding = _draft.Grounding, Shape = _draft.Shape, Confirms = _draft.Confirms,
        Fields = [.. _fields.Select(f => f.Field)],
    };

    // A draft with problems has no answer yet.
    private long? LongestAnswer() => Draft().Clean() is var draft && TemplateRules.Check(draft).Count == 0 ? TemplateRules.LongestAnswer(draft.ToVersion(1, "", default)) : null;

    private async Task SaveAsync()
    {
        _saving = true;
        var draft = Draft();
        var saved = IsNew ? await Creator.HandleAsync(draft, "") : await Saver.HandleAsync(draft, _basedOn, _note);
        _saving = false;
        (_problems, _refused) = (saved.Problems, saved.Problems.Count > 0);
        if (saved.Version is not { } version)
        {
            _focus = "problems";
            await NoticeAsync();
            return;
        }
        var created = IsNew;
        _baseline = TemplateJson.Write(draft.Clean());
        Notifications.Notify(NotificationSeverity.Success, saved.IsNew ? L["Saved as version {0}", version.Number] : L["Saved; the fields are unchanged, so there is no new version"]);
        if (created) Navigation.NavigateTo($"/templates/{version.Template!.Key}");
        else await ReloadAsync();
    }

    // After a refused save the list of problems follows the edits; before it nobody is told off while typing.
    private void Check()
    {
        if (_refused) _problems = TemplateRules.Check(Draft().Clean());
    }

    private List<TemplateProblem> ProblemsOf(int index) => [.. _problems.Where(p => p.Place.StartsWith($"fields[{index}]", StringComparison.Ordinal))];

    private Field NewField()
    {
        var keys = _fields.Select(f => f.Field.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return new Field { Key = $"field{Enumerable.Range(_fields.Count + 1, TemplateRules.MaxFields + 1).First(n => !keys.Contains($"field{n}"))}", Label = "" };
    }

    private void Add()
    {
        var row = new EditedField(++_lastId, NewField());
        _fields.Add(row);
        FocusOn(row);
        Check();
    }

    private void Move(EditedField row, int by)
    {
        var from = _fields.IndexOf(row);
        var to = from + by;
        if (to < 0 || to >= _fields.Count) return;
        _fields.RemoveAt(from);
        _fields.Insert(to, row);
        _announcement = L["{0} is now field {1} of {2}", row.Field.Label, to + 1, _fields.Count];
        FocusOn(row);
        Check();
    }

    private void Remove(EditedField row)
    {
        var at = _fields.IndexOf(row);
        _fields.RemoveAt(at);
        _announcement = L["{0} removed", row.Field.Label];
        if (_fields.Count > 0) FocusOn(_fields[Math.Min(at, _fields.Count - 1)]);
        Check();
    }

    private void FocusOn(EditedField row) => _focus = $"field-{row.Id}-label";

    private async Task ConfirmLeaveAsync(LocationChangingContext context)
    {
        if (!IsDirty) return;
        var leave = await Dialogs.Confirm(L["What you changed here is not saved."], L["Leave without saving?"],
            new ConfirmOptions { OkButtonText = L["Leave"], CancelButtonText = L["Stay"] });
        if (leave != true) context.PreventNavigation();
    }

    private static string Percent(double share) => share.ToString("P0", CultureInfo.CurrentCulture);

    public void Dispose() => _subscription?.Dispose();

    private sealed record EditedField(int Id, Field Field);
}
