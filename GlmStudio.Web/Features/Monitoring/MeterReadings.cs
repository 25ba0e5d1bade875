using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace GlmStudio.Web.Features.Monitoring;

/// <summary>Keeps the sums of this program's own meters, for <c>/metrics</c>.</summary>
public sealed class MeterReadings : IHostedService, IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<(Instrument Instrument, string Labels), Reading> _readings = new();

    public MeterReadings()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name.StartsWith("GlmStudio", StringComparison.Ordinal)) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(instrument, value, tags));
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _listener.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Every instrument with its labels, how often it was written and the sum.</summary>
    public IReadOnlyList<(Instrument Instrument, string Labels, long Count, double Sum)> Read() =>
        [.. _readings.Select(r => (r.Key.Instrument, r.Key.Labels, r.Value.Count, r.Value.Sum))];

    public void Dispose() => _listener.Dispose();

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = new List<string>();
        foreach (var tag in tags) labels.Add($"{tag.Key}=\"{MetricsEndpoint.Escape(tag.Value?.ToString() ?? "")}\"");
        var reading = _readings.GetOrAdd((instrument, string.Join(',', labels)), _ => new Reading());
        lock (reading)
        {
            reading.Count++;
            reading.Sum += value;
        }
    }

    private sealed class Reading
    {
        public long Count { get; set; }
        public double Sum { get; set; }
    }
}
