using GlmStudio.Engine.Model;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace GlmStudio.Engine.Sessions;

/// <summary>What the vision tower needs to know of grids: angles and resampled positions. Pictures of a camera or a scanner have one grid, so the last few are kept.</summary>
/// <param name="config">The tower.</param>
/// <param name="card">Where they are kept; null: in the processor's memory.</param>
internal sealed class GridTables(VisionConfig config, CardStream? card) : IDisposable
{
    private const int Most = 8;

    // The last used is the last.
    private readonly List<(PatchGrid[] Grids, Entry Tables)> _kept = [];

    /// <summary>The tables of some grids, one after the other.</summary>
    public IReadOnlyList<(string Name, OrtValue Value)> Of(PatchGrid[] grids)
    {
        var index = _kept.FindIndex(k => k.Grids.SequenceEqual(grids));
        var found = index < 0 ? (Grids: grids, Tables: Make(grids)) : _kept[index];
        if (index >= 0) _kept.RemoveAt(index);
        _kept.Add(found);
        if (_kept.Count > Most)
        {
            _kept[0].Tables.Dispose();
            _kept.RemoveAt(0);
        }
        return found.Tables.Values;
    }

    public void Dispose()
    {
        foreach (var (_, tables) in _kept) tables.Dispose();
        _kept.Clear();
    }

    private Entry Make(PatchGrid[] grids)
    {
        var angles = grids.Select(g => RotaryAngles.Vision(config, g)).ToList();
        var rows = grids.Sum(g => (long)g.Count);
        List<(string, float[], long)> tables = [(VisionGraph.Cos, [.. angles.SelectMany(a => a.Cos)], config.HeadSize / 2), (VisionGraph.Sin, [.. angles.SelectMany(a => a.Sin)], config.HeadSize / 2)];
        if (config.PositionGrid > 0)
            tables.Add((VisionGraph.Interpolation, [.. grids.SelectMany(g => PositionInterpolation.Matrix(config, g))], config.PositionGrid * config.PositionGrid));
        if (card is null) return new Entry([.. tables.Select(t => (t.Item1, GraphSession.Tensor(t.Item2, rows, t.Item3)))], null);

        var staged = new StagedInputs(card, tables.Sum(t => StagedInputs.Room(t.Item2.LongLength * sizeof(float))));
        var values = new List<(string, OrtValue)>();
        foreach (var (name, numbers, width) in tables)
        {
            values.Add((name, staged.Add<float>(TensorElementType.Float, out var target, rows, width)));
            numbers.CopyTo(target);
        }
        staged.Send();
        return new Entry(values, staged);
    }

    private sealed record Entry(IReadOnlyList<(string Name, OrtValue Value)> Values, StagedInputs? Memory) : IDisposable
    {
        public void Dispose()
        {
            foreach (var (_, value) in Values) value.Dispose();
            Memory?.Dispose();
        }
    }
}
