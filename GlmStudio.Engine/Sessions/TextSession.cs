using GlmStudio.Engine.Checkpoints;
using GlmStudio.Engine.Model;
using Microsoft.ML.OnnxRuntime;

namespace GlmStudio.Engine.Sessions;

/// <summary>The text decoder with its cache: runs a chunk of one prompt, or one token for each of several sequences in slots close together.</summary>
internal sealed class TextSession : IDisposable
{
    private readonly TextConfig _config;
    private readonly InferenceSession _session;
    private readonly KeyValueCache _cache;
    private readonly double[] _frequencies;
    private readonly RunOptions _run = new();

    public TextSession(Checkpoint checkpoint, TextConfig config, OnnxSettings settings, int slots, int capacity, Arithmetic? arithmetic = null)
    {
        _config = config;
        _session = GraphSession.Load(TextGraph.Build(checkpoint, config, arithmetic ?? Arithmetic.Singles), checkpoint.Folder, settings);
        _cache = new KeyValueCache(config, slots, capacity, arithmetic ?? Arithmetic.Singles);
        _frequencies = RotaryAngles.Frequencies(config.RotaryTheta, config.RotarySize);
    }

    /// <summary>Tokens a sequence can have.</summary>
    public int Capacity => _cache.Capacity;

    /// <summary>Bytes that the keys and values of a token take.</summary>
    public long BytesPerToken => _cache.BytesPerToken;

    /// <summary>Runs tokens <c>[start, start + count)</c> of each sequence; their earlier tokens are in the cache.</summary>
    /// <param name="rows">Sequences of neighbouring slots, several only with <paramref name="count"/> 1; null where a slot between them runs along for nothing.</param>
    /// <param name="firstSlot">Slot of the first sequence.</param>
    /// <param name="starts">First token of each sequence; of a slot without one, the place of its cache that is written to.</param>
    /// <param name="count">Tokens of each sequence.</param>
    /// <returns>Logits after the last token of each sequence, [sequences, vocabulary].</returns>
    /// <remarks>Where it throws, nothing that was in the cache has changed: after a <see cref="MemoryShortage"/> it may be run again.</remarks>
    public float[] Run(IReadOnlyList<SequenceTensors?> rows, int firstSlot, IReadOnlyList<int> starts, int count)
    {
        var (batch, half) = (rows.Count, _config.RotarySize / 2);
        var tokens = TokenInputs(rows, starts, count);
        var (featureRows, features) = batch == 1 && rows[0] is { } only ? FeatureInputs(only, starts[0], count) : ([], []);
        long[] logitRows = [.. Enumerable.Range(0, batch).Where(i => rows[i] is not null).Select(i => (long)(i + 1) * count - 1)];
        var logits = new float[logitRows.Length * _config.Vocabulary];
        List<OrtValue> owned = [];
        OrtValue Own(OrtValue value)
        {
            owned.Add(value);
            return value;
        }
        using var binding = _session.CreateIoBinding();
        try
        {
            binding.BindInput(TextGraph.Ids, Own(GraphSession.Tensor(tokens.Ids, batch, count)));
            binding.BindInput(TextGraph.FeatureRows, Own(GraphSession.Tensor(featureRows, featureRows.Length, 1)));
            binding.BindInput(TextGraph.Features, Own(GraphSession.Tensor(features, featureRows.Length, _config.Hidden)));
            binding.BindInput(TextGraph.Cos, Own(GraphSession.Tensor(tokens.Cos, batch, count, half)));
            binding.BindInput(TextGraph.Sin, Own(GraphSession.Tensor(tokens.Sin, batch, count, half)));
            binding.BindInput(TextGraph.LogitRows, Own(GraphSession.Tensor(logitRows, logitRows.Length)));
            binding.BindInput(TextGraph.Last, Own(GraphSession.Tensor<int>([.. starts.Select(s => s + count - 1)], batch)));
            binding.BindInput(TextGraph.Total, Own(GraphSession.Tensor<int>([starts.Max() + count])));
            BindCache(binding, _cache.View(firstSlot, batch));
            binding.BindOutput(TextGraph.Logits, Own(GraphSession.Tensor(logits, logitRows.Length, _config.Vocabulary)));
            _session.RunWithBinding(_run, binding);
            return logits;
        }
        finally
        {
            foreach (var value in owned) value.Dispose();
        }
    }

    public void Dispose()
    {
        _session.Dispose();
        _cache.Dispose();
        _run.Dispose();
    }

    // Past and present are the same memory: the attention writes the new keys and values where they belong.
    private void BindCache(OrtIoBinding binding, IReadOnlyList<OrtValue> view)
    {
        for (var layer = 0; layer < _config.Layers; layer++)
            foreach (var (name, value) in ((string, OrtValue)[])[(TextGraph.Key(layer), view[2 * layer]), (TextGraph.Value(layer), view[2 * layer + 1])])
            {
                binding.BindInput(name, value);
                binding.BindOutput(TextGraph.Written(name), value);
            }
    }

    // An idle slot is fed token 0 at position 0: any that exists will do.
    private (long[] Ids, float[] Cos, float[] Sin) TokenInputs(IReadOnlyList<SequenceTensors?> rows, IReadOnlyList<int> starts, int count)
    {
        var total = rows.Count * count;
        var ids = new long[total];
        var (time, height, width) = (new int[total], new int[total], new int[total]);
        for (var (row, at) = (0, 0); row < rows.Count; row++)
            for (var i = starts[row]; i < starts[row] + count; i++, at++)
            {
                if (rows[row] is not { } sequence) continue;
                ids[at] = sequence.Ids[i];
                (time[at], height[at], width[at]) = sequence.Position(i);
            }
        var (cos, sin) = (new float[total * _config.RotarySize / 2], new float[total * _config.RotarySize / 2]);
        RotaryAngles.Text(_config, _frequencies, time, height, width, cos, sin);
        return (ids, cos, sin);
    }

    private (long[] Rows, float[] Features) FeatureInputs(SequenceTensors sequence, int start, int count)
    {
        long[] rows = [.. Enumerable.Range(0, count).Where(i => sequence.IsPlaceholder(start + i)).Select(i => (long)i)];
        if (rows.Length == 0) return ([], []);
        var first = sequence.FeaturesBefore(start) * _config.Hidden;
        return (rows, sequence.Features[first..(first + rows.Length * _config.Hidden)]);
    }
}
