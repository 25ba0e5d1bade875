using GlmStudio.Engine.Checkpoints;
using GlmStudio.Engine.Model;
using Microsoft.ML.OnnxRuntime;

namespace GlmStudio.Engine.Sessions;

/// <summary>The vision tower, loaded: the patches of images → their features.</summary>
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
    public float[] Encode(float[] pixels, PatchGrid grid) => Encode([new PatchPixels(pixels, grid)])[0].Values;

    /// <summary>Encodes images of equally many patches in one run.</summary>
    /// <param name="images">At least one; their grids may differ, their counts not.</param>
    /// <returns>The features of each, in order.</returns>
    public IReadOnlyList<ImageFeatures> Encode(IReadOnlyList<PatchPixels> images)
    {
        var (patches, half) = (images[0].Grid.Count, _config.HeadSize / 2);
        if (images.Any(i => i.Grid.Count != patches)) throw new ArgumentException($"Images of one run have equally many patches: {string.Join(", ", images.Select(i => i.Grid.Count))}.", nameof(images));
        var angles = images.Select(i => RotaryAngles.Vision(_config, i.Grid)).ToList();
        var rows = (long)images.Count * patches;
        var inputs = new Dictionary<string, OrtValue>
        {
            [VisionGraph.Pixels] = GraphSession.Tensor(Stack(images, i => i.Values), rows, _config.PatchLength),
            [VisionGraph.Cos] = GraphSession.Tensor(Stack(angles, a => a.Cos), rows, half),
            [VisionGraph.Sin] = GraphSession.Tensor(Stack(angles, a => a.Sin), rows, half),
            [VisionGraph.Places] = GraphSession.Tensor<long>([.. Enumerable.Range(0, (int)rows).Select(i => (long)i)], images.Count, patches),
        };
        if (_config.PositionGrid > 0)
            inputs[VisionGraph.Interpolation] = GraphSession.Tensor(Stack(images, i => PositionInterpolation.Matrix(_config, i.Grid)), rows, _config.PositionGrid * _config.PositionGrid);
        try
        {
            using var run = new RunOptions();
            using var outputs = _session.Run(run, inputs, [VisionGraph.Features]);
            var features = outputs[0].GetTensorDataAsSpan<float>();
            var each = features.Length / images.Count;
            var split = new ImageFeatures[images.Count];
            for (var i = 0; i < split.Length; i++) split[i] = new ImageFeatures(features.Slice(i * each, each).ToArray(), images[i].Grid.Features(_config.MergeSize));
            return split;
        }
        finally
        {
            foreach (var input in inputs.Values) input.Dispose();
        }
    }

    // One image is used in place, not copied.
    private static float[] Stack<T>(IReadOnlyList<T> images, Func<T, float[]> part) => images.Count == 1 ? part(images[0]) : [.. images.SelectMany(part)];

    public void Dispose() => _session.Dispose();
}
