using System.Globalization;
using GlmStudio.Engine.Images;
using GlmStudio.Engine.Model;
using GlmStudio.Engine.Scheduling;
using GlmStudio.Engine.Sessions;
using Microsoft.Extensions.Logging;

namespace GlmStudio.Engine;

/// <summary>A checkpoint on one device: its weights, the pictures before its tower, and the requests that it answers.</summary>
internal sealed class EngineReplica : IAsyncDisposable
{
    // Of a card's free memory, kept for what a step computes beside keys and values.
    private const long WorkingBytes = 256L << 20;

    private readonly FeatureCache<ImageFeatures> _features;
    private readonly VisionLoop _vision;
    private readonly EngineLoop _loop;
    private readonly ILogger _log;
    private volatile string? _textShortage;
    private volatile string? _visionShortage;

    public EngineReplica(LoadedCheckpoint model, ImageReader images, ILogger log)
    {
        (Model, _log) = (model, log);
        var options = model.Options;
        _features = new FeatureCache<ImageFeatures>(options.FeatureCacheBytes, f => f.Bytes);
        _vision = new VisionLoop(new PictureQueue<VisionLoop.Picture>(options.VisionPatches, model.Vision.IsPlanned), _features,
            (image, stop) => PatchesOf(images.Read(image.Bytes, image.Page, stop), model.Preprocessor), EncodeGroup, sentence => _visionShortage = Note(sentence));
        var room = new SequenceRoom(model.Text.BytesPerToken, () => CardMemory.Of(options.Device)?.Free - WorkingBytes);
        _loop = new EngineLoop(new Scheduler(model.Text.Slots, options.Chunk, room, options.PromptsAhead), model.Text.RunToChoose, model.Config.Text.Vocabulary, sentence => _textShortage = Note(sentence), model.Text.Prepare);
        if (model.Text.Slots < options.Slots)
            _textShortage = Note(string.Create(CultureInfo.InvariantCulture, $"There is memory for {model.Text.Slots} requests of {model.Text.Capacity:N0} tokens at once instead of {options.Slots} (Models:ContextTokens); the others wait."));
    }

    public LoadedCheckpoint Model { get; }

    /// <summary>Requests that it answers at once, as memory allows.</summary>
    public int Limit => _loop.Limit;

    /// <summary>Images whose features were found in the cache.</summary>
    public long FeatureCacheHits => _features.Hits;

    /// <summary>What it has no memory for now, for people.</summary>
    public IEnumerable<string> Shortages =>
        new[] { _loop.Limit < Model.Options.Slots ? _textShortage : null, _vision.IsShrunk ? _visionShortage : null }.OfType<string>();

    /// <summary>The features of a request's pictures, in order. Several come to the tower beside each other, so that they may share a run.</summary>
    public async Task<ImageFeatures[]> EncodeAsync(IReadOnlyList<ImageInput> images, CancellationToken cancellation) => images.Count == 1
        ? [await _vision.EncodeAsync(images[0], cancellation)]
        : await Task.WhenAll(images.Select(i => Task.Run(() => _vision.EncodeAsync(i, cancellation), cancellation)));

    public void Submit(ActiveRequest request) => _loop.Submit(request);

    public async ValueTask DisposeAsync()
    {
        await _vision.DisposeAsync();
        await _loop.DisposeAsync();
        Model.Dispose();
    }

    // Nobody else has seen the picture.
    private static PatchPixels PatchesOf(RgbImage image, PreprocessorConfig config)
    {
        var patches = PatchPixels.Of(image, config);
        PixelMemory.Shared.Return(image.Pixels);
        return patches;
    }

    private IReadOnlyList<ImageFeatures> EncodeGroup(IReadOnlyList<PatchPixels> group)
    {
        var features = Model.Vision.Encode(group, Model.Options.BlankTokens == BlankTokens.Keep);
        return Model.Options.BlankTokens == BlankTokens.Merge ? [.. features.Zip(group, MergeBlanks)] : features;
    }

    private ImageFeatures MergeBlanks(ImageFeatures features, PatchPixels patches)
    {
        var grid = BlankAreas.Merge(features.Grid, ColourRange.Of(patches, Model.Preprocessor));
        return new ImageFeatures(grid.Take(features.Values), grid);
    }

    // For people and for the log: the card's own figures stand with it where there are any.
    private string Note(string sentence)
    {
        var note = CardMemory.Of(Model.Options.Device) is { } card ? $"{sentence} {card}" : sentence;
        _log.Shortage($"{CheckpointFacts.NameOf(Model.Checkpoint.Folder)} on {Model.Options.Device}", note);
        return note;
    }
}
