using System.Globalization;
using System.Text;
using GlmStudio.Web.Domain.Rules;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;

namespace GlmStudio.Web.Features.Templates;

/// <summary>Edits one step; a step is a value, so that every change makes a new one.</summary>
public sealed partial class StepEditor : IAsyncDisposable
{
    private const long MostBytes = 4 << 20;
    private static readonly CultureInfo Plain = CultureInfo.InvariantCulture;
    private IJSObjectReference? _module;
    private DotNetObjectReference<StepEditor>? _self;
    private ElementReference _table;

    [Parameter, EditorRequired] public FieldStep Step { get; set; } = null!;
    [Parameter, EditorRequired] public int Index { get; set; }
    [Parameter, EditorRequired] public int Count { get; set; }
    [Parameter] public EventCallback<FieldStep> Changed { get; set; }
    [Parameter] public EventCallback<int> Move { get; set; }
    [Parameter] public EventCallback Remove { get; set; }

    private string TableContent => Step switch
    {
        LookupStep lookup => TableText.Write(lookup.Entries), OneOfCheck list => string.Join('\n', list.Values), _ => "",
    };

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender || Step is not (LookupStep or OneOfCheck)) return;
        _self = DotNetObjectReference.Create(this);
        _module = await Script.InvokeAsync<IJSObjectReference>("import", "/js/templates.js");
        await _module.InvokeVoidAsync("watch", _table, _self);
    }

    /// <summary>The table was edited.</summary>
    [JSInvokable]
    public async Task ReadTableAsync()
    {
        if (_module is null) return;
        await using var bytes = await _module.InvokeAsync<IJSStreamReference>("content", _table);
        await using var stream = await bytes.OpenReadStreamAsync(MostBytes);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var text = await reader.ReadToEndAsync();
        if (text == TableContent) return;
        await SetAsync(Step is OneOfCheck list
            ? list with { Values = [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)] }
            : (LookupStep)Step with { Entries = TableText.Read(text) });
    }

    public async ValueTask DisposeAsync()
    {
        _self?.Dispose();
        try
        {
            if (_module is not null) await _module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The browser has gone first.
        }
    }

    private Task SetAsync(FieldStep step) => Changed.InvokeAsync(step);

    private Task OnKeyAsync(KeyboardEventArgs e) => (e.AltKey, e.Key) switch
    {
        (true, "ArrowUp") => Move.InvokeAsync(-1),
        (true, "ArrowDown") => Move.InvokeAsync(1),
        _ => Task.CompletedTask,
    };

    private static T Pick<T>(ChangeEventArgs chosen) where T : struct, Enum => Enum.Parse<T>((string)chosen.Value!);

    private static decimal? Decimal(string text) => decimal.TryParse(text, NumberStyles.Number, Plain, out var number) ? number : null;

    private static DateOnly? Day(string text) => DateOnly.TryParseExact(text, "O", Plain, DateTimeStyles.None, out var day) ? day : null;
}
