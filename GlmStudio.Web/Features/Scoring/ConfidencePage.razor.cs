using System.Globalization;
using GlmStudio.Web.Data;
using GlmStudio.Web.Domain.Confidence;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace GlmStudio.Web.Features.Scoring;

/// <summary>Confidences against labels: the address holds the promise and the field, the handlers do the work.</summary>
public sealed partial class ConfidencePage(
    ReadConfidence read, CalibrateConfidence calibrate, ChangeFeed changes, NavigationManager navigation, NotificationService notifications) : IDisposable
{
    private readonly CancellationTokenSource _closed = new();
    private IDisposable? _subscription;
    private BatchConfidence? _found;
    private (int Batch, double Risk) _shown;
    private bool _missing;
    private bool _busy;

    [Parameter] public int BatchId { get; set; }
    [SupplyParameterFromQuery(Name = "risk")] public double? RiskAsked { get; set; }
    [SupplyParameterFromQuery(Name = "seconds")] public double? Seconds { get; set; }
    [SupplyParameterFromQuery(Name = "field")] public string? FieldKey { get; set; }

    private double Risk => Math.Clamp(RiskAsked is { } asked && double.IsFinite(asked) ? asked : RiskThreshold.DefaultRisk, RiskThreshold.MinRisk, RiskThreshold.MaxRisk);

    private double PerCell => Seconds is { } typed && typed is > 0 and <= 600 ? typed : _found?.Pace.Seconds ?? ReviewPace.Assumed;

    protected override async Task OnParametersSetAsync()
    {
        // Another field of the same figures, or the same address again while they are worked out.
        if (_shown == (BatchId, Risk)) return;
        if (_shown.Batch != BatchId)
        {
            _subscription?.Dispose();
            _subscription = changes.Subscribe("batch", BatchId, () => InvokeAsync(LoadAsync));
        }
        _shown = (BatchId, Risk);
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        _found = await read.HandleAsync(BatchId, null, Risk, _closed.Token);
        _missing = _found is null;
        StateHasChanged();
    }

    private async Task CalibrateAsync()
    {
        _busy = true;
        try
        {
            var outcome = await calibrate.HandleAsync(BatchId, null, Risk, _closed.Token);
            if (outcome?.Problem is { } problem) notifications.Notify(NotificationSeverity.Warning, L[problem], duration: 6000);
            // The change that was raised brings the new figures.
            else notifications.Notify(NotificationSeverity.Success, L["Calibrated. The review uses it from now on."]);
        }
        finally
        {
            _busy = false;
        }
    }

    private FieldConfidence? Chosen(BatchConfidence found) => found.Report.Fields.FirstOrDefault(f => f.Field.Key == FieldKey);

    private string NeedsMore(BatchConfidence found) => found.Report.Fields.Select(f => f.Threshold.Missing).Where(n => n > 0).DefaultIfEmpty(0).Min() is var missing and > 0
        ? L["the labels do not support this promise yet: at least {0} more right ones are needed", missing] : "";

    private void Set(string? risk = null, string? seconds = null) => navigation.NavigateTo(navigation.GetUriWithQueryParameters(new Dictionary<string, object?>
    {
        ["risk"] = Read(risk) ?? RiskAsked, ["seconds"] = Read(seconds) ?? Seconds,
    }), new NavigationOptions { ReplaceHistoryEntry = true });

    private static double? Read(string? text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;

    private static string Text(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private static string Number(double value) => value.ToString("0.##", CultureInfo.CurrentCulture);

    private static string Share(double? value) => value is { } known ? known.ToString("P1", CultureInfo.CurrentCulture) : "–";

    private static string Figure(double? value) => value is { } known ? known.ToString("0.000", CultureInfo.CurrentCulture) : "–";

    private string Duration(double? seconds) => seconds switch
    {
        null => "–",
        < 100 => L["{0} s", Math.Round(seconds.Value)],
        < 5_400 => L["{0} min", Math.Round(seconds.Value / 60)],
        _ => L["{0} h", (seconds.Value / 3600).ToString("0.0", CultureInfo.CurrentCulture)],
    };

    public void Dispose()
    {
        _closed.Cancel();
        _subscription?.Dispose();
        _closed.Dispose();
    }
}
