using GlmStudio.Engine.Checkpoints;
using GlmStudio.Engine.Kernels;
using GlmStudio.Engine.Model;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace GlmStudio.Engine.Sessions;

/// <summary>The vision tower, loaded: the patches of images → their features. Not for several threads at once.</summary>
internal sealed class VisionSession : IDisposable
{
    // Features of thirty pictures of a megapixel beside those that the cache may hold by default.
    private const long CalmBytes = 768L << 20;

    private readonly VisionConfig _config;
    private readonly OnnxSettings _settings;
    private readonly InferenceSession _session;
    private readonly CardStream? _card;
    private readonly CardThread? _thread;
    private readonly RunLengths? _lengths;
    private readonly RunOptions _run = new();
    private StagedInputs? _inputs;
    private readonly CardBlocks? _blocks;

    /// <summary>Loads it.</summary>
    /// <param name="checkpoint">Its weights.</param>
    /// <param name="config">The tower.</param>
    /// <param name="settings">The device.</param>
    /// <param name="arithmetic">In which numbers it computes.</param>
    /// <param name="lengths">Lengths to which images are filled up; null: each as long as it is.</param>
    public VisionSession(Checkpoint checkpoint, VisionConfig config, OnnxSettings settings, Arithmetic? arithmetic = null, RunLengths? lengths = null)
    {
        (_config, _settings, _lengths) = (config, settings, lengths);
        if (settings.IsCard)
        {
            _card = new CardStream(settings.Card);
            _blocks = new CardBlocks(_card, CalmBytes);
        }
        var isFused = settings.HasOperators(arithmetic ?? Arithmetic.Singles);
        _session = GraphSession.Load(VisionGraph.Build(checkpoint, config, arithmetic ?? Arithmetic.Singles, isFused, lengths is not null), checkpoint.Folder,
            settings with { Stream = _card?.Handle ?? 0, AddsOperators = isFused });
        if (_card is null) return;
        _run.AddRunConfigEntry("disable_synchronize_execution_providers", "1");
        _thread = new CardThread($"Vision tower on card {settings.Card}");
    }

    /// <summary>Whether each number of images in a run is planned anew, as lengths are.</summary>
    public bool IsPlanned => _lengths is not null;

    /// <summary>Encodes images of equally many patches in one run.</summary>
    /// <param name="images">At least one; their grids may differ, their counts not.</param>
    /// <param name="staysOnCard">Whether a card keeps the features, for a decoder on the same card.</param>
    /// <returns>The features of each, in order: [patches / merge², <see cref="VisionConfig.OutHidden"/>].</returns>
    public IReadOnlyList<ImageFeatures> Encode(IReadOnlyList<PatchPixels> images, bool staysOnCard = false)
    {
        var patches = images[0].Grid.Count;
        if (images.Any(i => i.Grid.Count != patches)) throw new ArgumentException($"Images of one run have equally many patches: {string.Join(", ", images.Select(i => i.Grid.Count))}.", nameof(images));
        var length = _lengths?.Of(patches, images.Count) ?? patches;
        return CardGate.Shared(_settings, () => _thread is null ? RunHere(images, length) : _thread.Run(() => RunOnCard(images, length, _card!, staysOnCard)));
    }

    public void Dispose()
    {
        _thread?.Dispose();
        _inputs?.Dispose();
        _blocks?.Dispose();
        _session.Dispose();
        _run.Dispose();
        _card?.Dispose();
    }

    private ImageFeatures[] RunHere(IReadOnlyList<PatchPixels> images, int length)
    {
        using var values = new OwnedValues();
        using var binding = _session.CreateIoBinding();
        var rows = (long)images.Count * length;
        // One image is used in place, not copied.
        var bytes = rows == images[0].Grid.Count ? images[0].Bytes : new byte[rows * PatchBytes(images[0])];
        if (bytes != images[0].Bytes) CopyPixels(images, length, bytes);
        binding.BindInput(VisionGraph.Pixels, values.Own(GraphSession.Tensor(bytes, rows, PatchBytes(images[0]))));
        var (tables, places) = TablesOf(images, length);
        foreach (var (name, lines) in tables.Places) binding.BindInput(name, values.Own(GraphSession.Tensor(lines, lines.Length)));
        foreach (var (name, numbers, width) in tables.Lines) binding.BindInput(name, values.Own(GraphSession.Tensor(numbers, numbers.Length / width, width)));
        binding.BindInput(VisionGraph.Places, values.Own(GraphSession.Tensor(places, images.Count, length)));
        if (_lengths is not null) binding.BindInput(VisionGraph.Lengths, values.Own(GraphSession.Tensor(LengthsOf(images), images.Count)));
        var features = new float[FeatureCount(rows)];
        binding.BindOutput(VisionGraph.Features, values.Own(GraphSession.Tensor(features, features.Length / _config.OutHidden, _config.OutHidden)));
        _session.RunWithBinding(_run, binding);
        return Split(images, features);
    }

    private ImageFeatures[] RunOnCard(IReadOnlyList<PatchPixels> images, int length, CardStream card, bool staysOnCard)
    {
        // A run on a stream of ours does not do this itself.
        card.Use();
        var (rows, patchBytes) = ((long)images.Count * length, PatchBytes(images[0]));
        var (tables, places) = TablesOf(images, length);
        StagedInputs.Require(ref _inputs, card, CudaRuntime.Room(rows * patchBytes) + CudaRuntime.Room(rows * sizeof(long)) + CudaRuntime.Room(images.Count * sizeof(int))
            + tables.Places.Sum(t => CudaRuntime.Room(t.Values.LongLength * sizeof(long))) + tables.Lines.Sum(t => CudaRuntime.Room(t.Values.LongLength * sizeof(float))));
        var count = FeatureCount(rows);
        var block = _blocks!.Take(count * sizeof(float));
        using var values = new OwnedValues();
        using var binding = _session.CreateIoBinding();
        binding.BindInput(VisionGraph.Pixels, values.Own(_inputs.Add<byte>(TensorElementType.UInt8, out var bytes, rows, patchBytes)));
        CopyPixels(images, length, bytes);
        binding.BindInput(VisionGraph.Places, values.Own(_inputs.Add(TensorElementType.Int64, places, images.Count, length)));
        foreach (var (name, lines) in tables.Places) binding.BindInput(name, values.Own(_inputs.Add(TensorElementType.Int64, lines, lines.Length)));
        foreach (var (name, numbers, width) in tables.Lines) binding.BindInput(name, values.Own(_inputs.Add(TensorElementType.Float, numbers, numbers.Length / width, width)));
        if (_lengths is not null) binding.BindInput(VisionGraph.Lengths, values.Own(_inputs.Add(TensorElementType.Int32, LengthsOf(images), images.Count)));
        _inputs.Send();
        binding.BindOutput(VisionGraph.Features, values.Own(card.Tensor(TensorElementType.Float, block.Address, count * sizeof(float), count / _config.OutHidden, _config.OutHidden)));
        _session.RunWithBinding(_run, binding);
        if (!staysOnCard) return Split(images, Fetch(card, block, count));
        card.Synchronize();
        var each = count / images.Count;
        return [.. images.Select((image, i) => new ImageFeatures([], image.Grid.Features(_config.MergeSize)) { OnCard = new CardNumbers(block, i * each, FeatureCount(image.Grid.Count)) })];
    }

    private static ReadOnlySpan<float> Fetch(CardStream card, CardBlock block, long count)
    {
        using var here = new PinnedMemory<float>(count);
        card.Copy(block.Address, here.Address, count * sizeof(float));
        card.Synchronize();
        GC.KeepAlive(block);
        return here.GetSpan().ToArray();
    }

    // Tables of the different grids, and where in them the patches of each image are.
    private (GridTables Tables, long[] Places) TablesOf(IReadOnlyList<PatchPixels> images, int length)
    {
        PatchGrid[] grids = [.. images.Select(i => i.Grid).Distinct()];
        var patches = grids[0].Count;
        var places = new long[images.Count * length];
        foreach (var (i, image) in images.Index())
        {
            var first = (long)Array.IndexOf(grids, image.Grid) * patches;
            for (var patch = 0; patch < patches; patch++) places[i * length + patch] = first + patch;
        }
        // The rotation refuses angles of fewer patches than an image has.
        return (GridTables.Of(_config, grids, length), places);
    }

    // What stands behind an image, up to the length, is looked at by nobody.
    private static void CopyPixels(IReadOnlyList<PatchPixels> images, int length, Span<byte> target)
    {
        foreach (var (i, image) in images.Index()) image.Bytes.CopyTo(target[(int)(i * length * PatchBytes(image))..]);
    }

    private static int[] LengthsOf(IReadOnlyList<PatchPixels> images) => [.. images.Select(i => i.Grid.Count)];

    private ImageFeatures[] Split(IReadOnlyList<PatchPixels> images, ReadOnlySpan<float> features)
    {
        var each = features.Length / images.Count;
        var split = new ImageFeatures[images.Count];
        for (var i = 0; i < split.Length; i++) split[i] = new ImageFeatures(features.Slice(i * each, (int)FeatureCount(images[i].Grid.Count)).ToArray(), images[i].Grid.Features(_config.MergeSize));
        return split;
    }

    private long FeatureCount(long patches) => patches / (_config.MergeSize * _config.MergeSize) * _config.OutHidden;

    private static long PatchBytes(PatchPixels image) => image.Bytes.LongLength / image.Grid.Count;
}
