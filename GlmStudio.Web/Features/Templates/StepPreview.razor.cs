using System.Globalization;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Domain.Rules;
using Microsoft.AspNetCore.Components;

namespace GlmStudio.Web.Features.Templates;

/// <summary>Tries a draft's steps on real answers, a moment after the last key.</summary>
public sealed partial class StepPreview
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);
    private readonly CancellationTokenSource _gone = new();
    private IReadOnlyList<IReadOnlyDictionary<string, string?>>? _answers;
    private IReadOnlyList<RuledValue>? _rows;
    private IReadOnlyList<RuleProblem> _problems = [];
    private ITimer? _timer;
    private string? _asked;
    private int _seen = -1;

    [Parameter] public string? TemplateKey { get; set; }
    [Parameter, EditorRequired] public Field Field { get; set; } = null!;
    [Parameter, EditorRequired] public IReadOnlyList<Field> Fields { get; set; } = [];

    /// <summary>Rises with every change of the steps.</summary>
    [Parameter] public int Revision { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        if (Revision == _seen) return;
        _seen = Revision;
        _timer ??= Time.CreateTimer(_ => _ = InvokeAsync(TryAsync), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        if (_rows is null) await TryAsync();
        else _timer.Change(Pause, Timeout.InfiniteTimeSpan);
    }

    private async Task TryAsync()
    {
        if (_gone.IsCancellationRequested) return;
        var at = Fields.ToList().IndexOf(Field);
        var all = StepRules.Check(Fields);
        _problems = [.. all.Where(p => p.Place.StartsWith($"fields[{at}].steps", StringComparison.Ordinal))];
        // Another field's unfinished step is not this field's fault: its steps are left out.
        var broken = all.Select(p => p.Place).ToList();
        List<Field> fields = [.. Fields.Select((f, i) => broken.Exists(p => p.StartsWith($"fields[{i}].", StringComparison.Ordinal)) ? new Field { Key = f.Key, Label = f.Label, Type = f.Type } : f)];
        if (_problems.Count == 0)
        {
            var rules = FieldRules.Of(fields);
            _rows = [.. (await AnswersAsync()).Select(answer => rules.Run(answer)[at])];
        }
        StateHasChanged();
    }

    private async Task<IReadOnlyList<IReadOnlyDictionary<string, string?>>> AnswersAsync()
    {
        if (TemplateKey is null) return [];
        var wanted = Field.IsComputed ? "" : Field.Key;
        if (_answers is null || _asked != wanted) _answers = await Answers.HandleAsync(TemplateKey, wanted.Length == 0 ? null : wanted, _gone.Token);
        _asked = wanted;
        return _answers;
    }

    private static int StepNumber(RuleProblem problem)
    {
        var open = problem.Place.IndexOf("steps[", StringComparison.Ordinal);
        var number = open < 0 ? "" : problem.Place[(open + 6)..].Split(']')[0];
        return int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index + 1 : 1;
    }

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
        _timer?.Dispose();
    }
}
