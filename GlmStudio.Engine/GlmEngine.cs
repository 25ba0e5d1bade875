using System.Runtime.CompilerServices;
using GlmStudio.Engine.Images;
using GlmStudio.Engine.Model;
using GlmStudio.Engine.Prompts;
using GlmStudio.Engine.Scheduling;
using GlmStudio.Engine.Sessions;
using GlmStudio.Engine.Transcription;
using GlmStudio.Engine.Values;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace GlmStudio.Engine;

/// <summary>A GLM-4V checkpoint, loaded and answering: GLM-4.1V-9B, GLM-4.6V-Flash (<c>glm4v</c>) and GLM-OCR (<c>glm_ocr</c>).</summary>
public sealed class GlmEngine : IGlmEngine
{
    internal const int LongestDefaultContext = 16_384;
    private const int WarmUpSide = 112;
    // A card's libraries set themselves up for sizes as they meet them: about that of a picture of a megapixel.
    private const int CardWarmUpSide = 896;
    // What the runtime planned for a first question on a card it does not always find for the second (docs/performance.md); for the third it did.
    private const int CardWarmUps = 2;
    // Pictures seldom fit their patches: they are resized.
    private const int OutOfGrid = 4;
    // A smaller context may not hold the picture.
    private const int WarmUpRoom = 256;

    private readonly LoadedCheckpoint _model;
    private readonly IReadOnlyList<EngineReplica> _replicas;
    private readonly LeastLoaded _load;
    private readonly PageGrounding _grounding;
    private readonly HashSet<int> _stopIds;
    private readonly FormGuides _guides;
    private readonly CopiedForms _copies;
    private readonly int _mostAhead;
    private readonly EngineInfo _info;

    private GlmEngine(IReadOnlyList<EngineReplica> replicas, PageTranscripts? pages)
    {
        (_replicas, _load, _model) = (replicas, new LeastLoaded(replicas.Count), replicas[0].Model);
        var (model, options) = (_model, _model.Options);
        _grounding = new PageGrounding(pages, model.Tokenizer);
        _stopIds = [.. model.Config.StopTokenIds];
        _guides = new FormGuides(model.Tokenizer, model.Config.Text.Vocabulary, _stopIds);
        _copies = new CopiedForms(options.CopiesValues);
        _mostAhead = options.Chunk - 1;
        _info = new EngineInfo(CheckpointFacts.NameOf(model.Checkpoint.Folder), FamilyName(model.Config.Family),
            $"{model.Checkpoint.Tensors.Sum(t => t.Count) / 1e6:N1} million parameters, context {model.Text.Capacity:N0} tokens.",
            string.Join(',', replicas.Select(r => r.Model.Options.Device)), options.Slots * replicas.Count)
        {
            IsGrounded = _grounding.IsDefault, Numbers = options.Weights.Summary(options.Device), Warning = model.Warning,
        };
    }

    /// <inheritdoc/>
    public EngineInfo Info
    {
        get
        {
            List<string> warnings = [.. _replicas.SelectMany(r => r.Shortages)];
            if (_info.Warning is { } known) warnings.Insert(0, known);
            return _info with { Concurrency = _replicas.Sum(r => r.Limit), Warning = warnings.Count > 0 ? string.Join(' ', warnings) : null };
        }
    }

    /// <summary>Images whose features were found in the cache.</summary>
    public long FeatureCacheHits => _replicas.Sum(r => r.FeatureCacheHits);

    /// <summary>Memory of its cards that is taken, by whomever, in bytes; null where it has none or the driver does not say.</summary>
    public long? CardBytes => _replicas.Select(r => CardMemory.Of(r.Model.Options.Device)).OfType<CardMemory>().ToList() is { Count: > 0 } cards ? cards.Sum(c => c.Total - c.Free) : null;

    /// <summary>Loads a checkpoint folder; weights that the device cannot take are converted once into the cache folder.</summary>
    /// <param name="folder">A Hugging Face checkpoint folder.</param>
    /// <param name="images">Decodes pictures within its limits.</param>
    /// <param name="options">How to serve it.</param>
    /// <param name="pages">Reads the pictures' printed text for grounded requests; shared with other engines. Without it, such requests are refused.</param>
    /// <param name="progress">Told the share of the conversion that is done, 0 … 1.</param>
    /// <param name="log">Told when it has less memory than it was set up for.</param>
    /// <param name="cancellation">Stops loading.</param>
    /// <exception cref="EngineException">The folder is not a checkpoint this engine can run; the message says why.</exception>
    public static GlmEngine Load(string folder, ImageReader images, GlmEngineOptions options, PageTranscripts? pages = null, IProgress<double>? progress = null,
        ILogger? log = null, CancellationToken cancellation = default)
    {
        List<LoadedCheckpoint> models = [];
        try
        {
            foreach (var device in DeviceChoice.All(options.Device)) models.Add(LoadedCheckpoint.Open(folder, options, device, LongestDefaultContext, progress, cancellation));
        }
        catch
        {
            models.ForEach(m => m.Dispose());
            throw;
        }
        return new GlmEngine(models.ConvertAll(m => new EngineReplica(m, images, log ?? NullLogger.Instance)), pages);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<TextUpdate> GenerateAsync(GlmRequest request, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        using var place = _load.Take();
        var replica = _replicas[place.Index];
        (request, var active, var transcripts) = await Task.Run(() => PrepareAsync(request, replica, cancellation), cancellation);
        await using var leave = cancellation.Register(() => active.Sequence.IsCancelled = true);
        replica.Submit(active);
        var check = new FormCheck(request);
        try
        {
            List<ChosenToken> answer = [];
            await foreach (var update in active.Updates.ReadAllAsync(cancellation))
            {
                check.Add(update);
                if (request.Fields is not { Count: > 0 } fields) yield return update;
                else
                {
                    answer.AddRange(update.Tokens);
                    yield return update.Finish is null ? update
                        : update with { Readings = await Task.Run(() => AnswerEvidence.Of(answer, fields, transcripts is [var first, ..] ? first : null, request.Form?.Fields?.Layout), cancellation) };
                }
            }
        }
        finally
        {
            active.Sequence.IsCancelled = true;
        }
    }

    /// <summary>Answers a question about an empty picture, so that the first caller does not wait for what is compiled and allocated on the way.</summary>
    /// <exception cref="EngineException">The checkpoint cannot answer: it is damaged.</exception>
    public async Task WarmUpAsync(CancellationToken cancellation = default)
    {
        if (_model.Text.Capacity < WarmUpRoom) return;
        var isCard = _model.Options.Device != DeviceChoice.Cpu;
        var side = OutOfGrid + (isCard ? Math.Clamp(SideWithin(_model.Text.Capacity - WarmUpRoom), WarmUpSide, CardWarmUpSide) : WarmUpSide);
        for (var time = 0; time < (isCard ? CardWarmUps : 1); time++)
        {
            // Another picture each time: the features of one that has been seen are kept.
            var pixels = new byte[side * side * 3];
            pixels.AsSpan().Fill((byte)(100 * time));
            var question = new GlmRequest
            {
                Prompt = "a", Images = [new ImageInput(ImageWriter.ToJpeg(new RgbImage(side, side, pixels), quality: 80))], Sampling = new SamplingOptions { MaxTokens = 2 },
                Grounding = _grounding.CanDefault ? Grounding.ModelDefault : Grounding.PictureOnly,
            };
            // As many at once as there are replicas: one for each.
            await Task.WhenAll(_replicas.Select(_ => AskAsync(question)));
        }
        async Task AskAsync(GlmRequest question)
        {
            await foreach (var _ in GenerateAsync(question, cancellation)) { }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var replica in _replicas) await replica.DisposeAsync();
    }

    internal static string FamilyName(GlmFamily family) => family == GlmFamily.Glm4v ? "glm4v" : "glm_ocr";

    // The request comes back with the form for its pages.
    private async Task<(GlmRequest Request, ActiveRequest Active, IReadOnlyList<Transcript> Transcripts)> PrepareAsync(
        GlmRequest request, EngineReplica replica, CancellationToken cancellation)
    {
        var reading = _grounding.ReadAsync(request, cancellation);
        var keepsPictures = request.Grounding != Grounding.TextOnly;
        var encoding = replica.EncodeAsync(keepsPictures ? request.Images : [], cancellation);
        await Task.WhenAll(reading, encoding);
        var (transcripts, images) = (await reading, await encoding);
        var messages = request.Messages ?? [new ChatMessage(ChatRole.User, [.. request.Images.Select(_ => ChatPart.Image), new ChatPart(request.Prompt)])];
        var rendered = _model.Template.Render(_grounding.Insert(messages, transcripts, keepsPictures), request.Thinking);
        var grids = Array.ConvertAll(images, i => i.Grid);
        var ids = PromptTokens.Of(rendered, _model.Tokenizer, _model.Config.ImageTokenId, grids);
        RequireRoom(ids.Count, transcripts.Count > 0);
        request = _copies.For(request, transcripts);
        var positions = TokenPositions.Of(ids.ToArray(), _model.Config.ImageTokenId, grids);
        var tensors = new SequenceTensors(ids, positions, _model.Config.ImageTokenId, images is [var only] ? only.Values : [.. images.SelectMany(i => i.Values)])
        {
            OnCard = [.. images.Select(i => i.OnCard).OfType<CardNumbers>()],
        };
        var sequence = new Sequence(ids.Count, Math.Min(Math.Max(1, request.Sampling.MaxTokens), _model.Text.Capacity - ids.Count));
        var active = new ActiveRequest(tensors, sequence, request.Sampling, _model.Tokenizer, _stopIds, IsHidden) { Guide = _guides.For(request, ids), MostAhead = _mostAhead };
        return (request, active, transcripts);
    }

    private void RequireRoom(int prompt, bool hasPageText)
    {
        if (prompt >= _model.Text.Capacity)
            throw new EngineException(EngineFault.BadRequest, $"The prompt has {prompt:N0} tokens{(hasPageText ? " with the page's text" : "")}; this engine holds "
                + $"{_model.Text.Capacity:N0} with the answer. Send fewer or smaller images{(hasPageText ? ", ask with the picture only" : "")}, or raise Models:ContextTokens.");
    }

    // A square's side whose features are at most so many.
    private int SideWithin(int features) => _model.Config.Vision.PatchSize * _model.Config.Vision.MergeSize * (int)Math.Sqrt(features);

    // Box markers are kept in the tokens for grounding and hidden from the text.
    private bool IsHidden(int token) => _model.Tokenizer.IsSpecial(token) || token == _model.BoxStart || token == _model.BoxEnd;
}
