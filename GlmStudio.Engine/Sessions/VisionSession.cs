using GlmStudio.Engine.Checkpoints;
using GlmStudio.Engine.Model;
using Microsoft.ML.OnnxRuntime;

namespace GlmStudio.Engine.Sessions;

/// <summary>The vision tower, loaded: the patches of an image → its features.</summary>
internal sealed class VisionSession : IDisposable
{
    private readonly VisionConfig _config;
    private readonly InferenceSession _session;

    public VisionSession(Checkpoint checkpoint, VisionConfig config, OnnxSettings settings, Arithmetic? arithmetic = null)
    {
        _config = config;
        _session = GraphSession.Load(VisionGraph.Build(checkpoint, config, arithmetic ?? Arithmetic.Singles), checkpoint.Folder, settings);
    }

    /// <summary>Encodes one image.</summary>
    /// <param name="pixels">Normalised patches in merge order, [patches, <see cref="VisionConfig.PatchLength"/>].</param>
    /// <param name="grid">How many patches, vertically and horizontally.</param>
    /// <returns>Features, [patches / merge², <see cref="VisionConfig.OutHidden"/>].</returns>
    public float[] Encode(float[] pixels, PatchGrid grid)
    {
        var half = _config.HeadSize / 2;
        var (cos, sin) = RotaryAngles.Vision(_config, grid);
        var inputs = new Dictionary<string, OrtValue>
        {
            [VisionGraph.Pixels] = GraphSession.Tensor(pixels, grid.Count, _config.PatchLength),
            [VisionGraph.Cos] = GraphSession.Tensor(cos, 1, grid.Count, half),
            [VisionGraph.Sin] = GraphSession.Tensor(sin, 1, grid.Count, half),
        };
        if (_config.PositionGrid > 0)
            inputs[VisionGraph.Interpolation] = GraphSession.Tensor(PositionInterpolation.Matrix(_config, grid), grid.Count, _config.PositionGrid * _config.PositionGrid);
        try
        {
            using var run = new RunOptions();
            using var outputs = _session.Run(run, inputs, [VisionGraph.Features]);
            return outputs[0].GetTensorDataAsSpan<float>().ToArray();
        }
        finally
        {
            foreach (var input in inputs.Values) input.Dispose();
        }
    }

    public void Dispose() => _session.Dispose();
}
