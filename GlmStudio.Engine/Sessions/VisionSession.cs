using GlmStudio.Engine.Checkpoints;
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
    private readonly RunOptions _run = new();
    private StagedInputs? _inputs;
    private readonly CardBlocks? _blocks;

    public VisionSession(Checkpoint checkpoint, VisionConfig config, OnnxSettings settings, Arithmetic? arithmetic = null)
    {
        (_config, _settings) = (config, settings);
        if (settings.IsCard)
        {
            _card = new CardStream(settings.Card);
            _blocks = new CardBlocks(_card, CalmBytes);
        }
        var isFused = settings.HasOperators(arithmetic ?? Arithmetic.Singles);
        _session = GraphSession.Load(VisionGraph.Build(checkpoint, config, arithmetic ?? Arithmetic.Singles, isFused), checkpoint.Folder,
            settings with { Stream = _card?.Handle ?? 0, AddsOperators = isFused });
        if (_card is null) return;
        _run.AddRunConfigEntry("disable_synchronize_execution_providers", "1");
        _thread = new CardThread($"Vision tower on card {settings.Card}");
    }

    /// <summary>Encodes images of equally many patches in one run.</summary>
    /// <param name="images">At least one; their grids may differ, their counts not.</param>
    /// <param name="staysOnCard">Whether a card keeps the features, for a decoder on the same card.</param>
    /// <returns>The features of each, in order: [patches / merge², <see cref="VisionConfig.OutHidden"/>].</returns>
    public IReadOnlyList<ImageFeatures> Encode(IReadOnlyList<PatchPixels> images, bool staysOnCard = false)
    {
        var patches = images[0].Grid.Count;
        if (images.Any(i => i.Grid.Count != patches)) throw new ArgumentException($"Images of one run have equally many patches: {string.Join(", ", images.Select(i => i.Grid.Count))}.", nameof(images));
        return CardGate.Shared(_settings, () => _thread is null ? RunHere(images) : _thread.Run(() => RunOnCard(images, _card!, staysOnCard)));
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

    private ImageFeatures[] RunHere(IReadOnlyList<PatchPixels> images)
    {
        using var values = new OwnedValues();
        using var binding = _session.CreateIoBinding();
        // One image is used in place, not copied.
        byte[] bytes = images.Count == 1 ? images[0].Bytes : [.. images.SelectMany(i => i.Bytes)];
        binding.BindInput(VisionGraph.Pixels, values.Own(GraphSession.Tensor(bytes, Rows(images), bytes.Length / Rows(images))));
        var (tables, places) = TablesOf(images);
        foreach (var (name, lines) in tables.Places) binding.BindInput(name, values.Own(GraphSession.Tensor(lines, lines.Length)));
        foreach (var (name, numbers, width) in tables.Lines) binding.BindInput(name, values.Own(GraphSession.Tensor(numbers, numbers.Length / width, width)));
        binding.BindInput(VisionGraph.Places, values.Own(GraphSession.Tensor(places, images.Count, images[0].Grid.Count)));
        var features = new float[FeatureCount(images)];
        binding.BindOutput(VisionGraph.Features, values.Own(GraphSession.Tensor(features, features.Length / _config.OutHidden, _config.OutHidden)));
        _session.RunWithBinding(_run, binding);
        return Split(images, features);
    }

    private ImageFeatures[] RunOnCard(IReadOnlyList<PatchPixels> images, CardStream card, bool staysOnCard)
    {
        // A run on a stream of ours does not do this itself.
        card.Use();
        var (rows, patchBytes) = (Rows(images), images[0].Bytes.LongLength / images[0].Grid.Count);
        var (tables, places) = TablesOf(images);
        StagedInputs.Require(ref _inputs, card, StagedInputs.Room(rows * patchBytes) + StagedInputs.Room(rows * sizeof(long))
            + tables.Places.Sum(t => StagedInputs.Room(t.Values.LongLength * sizeof(long))) + tables.Lines.Sum(t => StagedInputs.Room(t.Values.LongLength * sizeof(float))));
        var count = FeatureCount(images);
        var block = _blocks!.Take(count * sizeof(float));
        using var values = new OwnedValues();
        using var binding = _session.CreateIoBinding();
        binding.BindInput(VisionGraph.Pixels, values.Own(_inputs.Add<byte>(TensorElementType.UInt8, out var bytes, rows, patchBytes)));
        foreach (var (i, image) in images.Index()) image.Bytes.CopyTo(bytes[(i * image.Bytes.Length)..]);
        binding.BindInput(VisionGraph.Places, values.Own(_inputs.Add(TensorElementType.Int64, places, images.Count, images[0].Grid.Count)));
        foreach (var (name, lines) in tables.Places) binding.BindInput(name, values.Own(_inputs.Add(TensorElementType.Int64, lines, lines.Length)));
        foreach (var (name, numbers, width) in tables.Lines) binding.BindInput(name, values.Own(_inputs.Add(TensorElementType.Float, numbers, numbers.Length / width, width)));
        _inputs.Send();
        binding.BindOutput(VisionGraph.Features, values.Own(card.Tensor(TensorElementType.Float, block.Address, count * sizeof(float), count / _config.OutHidden, _config.OutHidden)));
        _session.RunWithBinding(_run, binding);
        if (!staysOnCard) return Split(images, Fetch(card, block, count));
        card.Synchronize();
        var each = count / images.Count;
        return [.. images.Select((image, i) => new ImageFeatures([], image.Grid.Features(_config.MergeSize)) { OnCard = new CardNumbers(block, i * each, each) })];
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
    private (GridTables Tables, long[] Places) TablesOf(IReadOnlyList<PatchPixels> images)
    {
        PatchGrid[] grids = [.. images.Select(i => i.Grid).Distinct()];
        var patches = grids[0].Count;
        var places = new long[Rows(images)];
        foreach (var (i, image) in images.Index())
        {
            var first = (long)Array.IndexOf(grids, image.Grid) * patches;
            for (var patch = 0; patch < patches; patch++) places[i * patches + patch] = first + patch;
        }
        return (GridTables.Of(_config, grids), places);
    }

    private ImageFeatures[] Split(IReadOnlyList<PatchPixels> images, ReadOnlySpan<float> features)
    {
        var each = features.Length / images.Count;
        var split = new ImageFeatures[images.Count];
        for (var i = 0; i < split.Length; i++) split[i] = new ImageFeatures(features.Slice(i * each, each).ToArray(), images[i].Grid.Features(_config.MergeSize));
        return split;
    }

    private long FeatureCount(IReadOnlyList<PatchPixels> images) => Rows(images) / (_config.MergeSize * _config.MergeSize) * _config.OutHidden;

    private static long Rows(IReadOnlyList<PatchPixels> images) => (long)images.Count * images[0].Grid.Count;
}
