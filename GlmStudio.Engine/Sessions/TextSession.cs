using GlmStudio.Engine.Checkpoints;
using GlmStudio.Engine.Model;
using Microsoft.ML.OnnxRuntime;

namespace GlmStudio.Engine.Sessions;

/// <summary>The text decoder on the processor: its cache and its inputs are ordinary memory, used in place.</summary>
internal sealed class TextSession : TextRunner
{
    private readonly TextConfig _config;
    private readonly InferenceSession _session;
    private readonly KeyValueCache _cache;
    private readonly RotaryTable _rotary;
    private readonly RunOptions _run = new();

    public TextSession(Checkpoint checkpoint, TextConfig config, OnnxSettings settings, int slots, int capacity, Arithmetic? arithmetic = null)
    {
        _config = config;
        _session = GraphSession.Load(TextGraph.Build(checkpoint, config, arithmetic ?? Arithmetic.Singles), checkpoint.Folder, settings);
        _cache = new KeyValueCache(config, slots, capacity, arithmetic ?? Arithmetic.Singles);
        _rotary = new RotaryTable(config, capacity);
    }

    public override int Capacity => _cache.Capacity;

    public override int Slots => _cache.Slots;

    public override long BytesPerToken => _cache.BytesPerToken;

    public override Memory<float> Run(IReadOnlyList<SequenceTensors?> rows, int firstSlot, IReadOnlyList<int> starts, int count)
    {
        var batch = rows.Count;
        var ids = new long[batch * count];
        WriteIds(rows, starts, count, ids);
        var only = batch == 1 ? rows[0] : null;
        long[] featureRows = only is null ? [] : FeatureRows(only, starts[0], count);
        var features = featureRows.Length == 0 ? default : only!.Features.AsMemory(only.FeaturesBefore(starts[0]) * _config.Hidden, featureRows.Length * _config.Hidden);
        long[] logitRows = [.. Enumerable.Range(0, batch).Where(i => rows[i] is not null).Select(i => (long)(i + 1) * count - 1)];
        var logits = new float[logitRows.Length * _config.Vocabulary];
        var total = starts.Max() + count;
        var (cos, sin) = Angles(rows, starts, total);
        using var values = new OwnedValues();
        using var binding = _session.CreateIoBinding();
        binding.BindInput(TextGraph.Ids, values.Own(GraphSession.Tensor(ids, batch, count)));
        binding.BindInput(TextGraph.FeatureRows, values.Own(GraphSession.Tensor(featureRows, featureRows.Length, 1)));
        binding.BindInput(TextGraph.Features, values.Own(GraphSession.Tensor(features, featureRows.Length, _config.Hidden)));
        binding.BindInput(TextGraph.Cos, values.Own(GraphSession.Tensor(cos.AsMemory(0, total * _rotary.Width), total, _rotary.Width)));
        binding.BindInput(TextGraph.Sin, values.Own(GraphSession.Tensor(sin.AsMemory(0, total * _rotary.Width), total, _rotary.Width)));
        binding.BindInput(TextGraph.LogitRows, values.Own(GraphSession.Tensor(logitRows, logitRows.Length)));
        binding.BindInput(TextGraph.Last, values.Own(GraphSession.Tensor<int>([.. starts.Select(s => s + count - 1)], batch)));
        binding.BindInput(TextGraph.Total, values.Own(GraphSession.Tensor<int>([total])));
        _cache.Bind(binding, firstSlot, batch);
        binding.BindOutput(TextGraph.Logits, values.Own(GraphSession.Tensor(logits, logitRows.Length, _config.Vocabulary)));
        _session.RunWithBinding(_run, binding);
        return logits;
    }

    public override void Dispose()
    {
        _session.Dispose();
        _cache.Dispose();
        _run.Dispose();
    }

    // Past its prompt a sequence turns by its places, as all others do.
    private (float[] Cos, float[] Sin) Angles(IReadOnlyList<SequenceTensors?> rows, IReadOnlyList<int> starts, int total) =>
        rows is [{ } only] && starts[0] < only.PromptLength ? _rotary.Of(only, total) : _rotary.Places;
}
