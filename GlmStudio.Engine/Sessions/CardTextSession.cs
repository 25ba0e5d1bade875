using System.Globalization;
using GlmStudio.Engine.Checkpoints;
using GlmStudio.Engine.Kernels;
using GlmStudio.Engine.Model;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace GlmStudio.Engine.Sessions;

/// <summary>The text decoder on a card. Weights, cache and logits stay there; a step sends token ids and lengths and fetches the logits that are wanted.</summary>
/// <remarks>
/// Where our kernels run steps, the likeliest token is chosen on the card, and the next step begun with it: while the first layers are at work, it is found out here whether the answer goes on like that.
/// Otherwise steps of one token are recorded as CUDA graphs, one for a number of slots and a longest context, and played back: the card then does not wait for the processor
/// between kernels. A recorded step has fixed addresses, so it always runs the slots from the first on; those that have nothing to do write to the next place of their cache,
/// which is written again before it is read. Only one thread may call <see cref="Run"/>: the runtime keeps recordings by thread.
/// </remarks>
internal sealed class CardTextSession : TextRunner
{
    // Of the card's memory, left for what runs compute on the way.
    private const long WorkingBytes = 1L << 30;
    // A recorded step splits the attention for its longest context; parts beyond a sequence's end do nothing, so few lengths do.
    private const int ShortestContext = 4096, ContextStep = 4;

    private readonly TextConfig _config;
    private readonly CardStream _stream;
    private readonly InferenceSession _session;
    private readonly KeyValueCache _cache;
    private readonly RotaryTable _rotary;
    private readonly StagedInputs _steps, _places;
    private readonly OrtValue _placesCos, _placesSin;
    private readonly CardOutput _logits;
    private readonly OnnxSettings _settings;
    private readonly int[] _next;
    private readonly Dictionary<(int Slots, int Context), RecordedStep> _recorded = [];
    private readonly RunOptions _unrecorded;
    private readonly OwnSteps? _own;
    private readonly RunLengths? _lengths;
    private int _recordings;
    private StagedInputs? _chunk;
    private CardOutput? _features;
    private BegunStep? _begun;

    /// <summary>Loads it and takes room for as many slots as the card has memory for.</summary>
    /// <param name="checkpoint">Its weights.</param>
    /// <param name="config">The network.</param>
    /// <param name="settings">The card.</param>
    /// <param name="slots">Most slots.</param>
    /// <param name="capacity">Tokens of a slot.</param>
    /// <param name="arithmetic">In which numbers it computes.</param>
    /// <param name="avoidsOwnSteps">Leaves the steps to the runtime even where our kernels take them.</param>
    /// <exception cref="EngineException">There is no room even for one.</exception>
    public CardTextSession(Checkpoint checkpoint, TextConfig config, OnnxSettings settings, int slots, int capacity, Arithmetic arithmetic, bool avoidsOwnSteps = false)
    {
        (_config, _settings, _lengths) = (config, settings, RunLengths.ForText(settings));
        _stream = new CardStream(settings.Card);
        var isFused = settings.HasOperators(arithmetic);
        _own = isFused && !avoidsOwnSteps ? OwnSteps.For(checkpoint, config, arithmetic, _stream) : null;
        try
        {
            _session = GraphSession.Load(TextGraph.Build(checkpoint, config, arithmetic, isFused, _own?.Target ?? 0), checkpoint.Folder,
                settings with { Stream = _stream.Handle, Records = _own is null, AddsOperators = isFused });
        }
        catch
        {
            _own?.Dispose();
            _stream.Dispose();
            throw;
        }
        var (slotBytes, logitBytes) = (KeyValueCache.SlotBytesOf(config, capacity, arithmetic), (long)config.Vocabulary * sizeof(float));
        Slots = (int)Math.Min(slots, (_stream.Memory.Free - WorkingBytes) / (slotBytes + logitBytes));
        if (Slots < 1) throw Unloaded($"{Room(_stream.Memory.Free, capacity, slotBytes + logitBytes + WorkingBytes)} Lower Models:ContextTokens, take fewer bits for the weights (Models:Quantization), or a card with more memory.");
        _cache = new KeyValueCache(config, Slots, capacity, arithmetic, _stream);
        _rotary = new RotaryTable(config, capacity);
        _logits = new CardOutput(_stream, (long)config.Vocabulary * Slots);
        _next = new int[Slots];
        _steps = new StagedInputs(_stream, 3 * CudaRuntime.Room(sizeof(long) * Slots) + 2 * CudaRuntime.Room(1));
        _places = new StagedInputs(_stream, 2 * CudaRuntime.Room((long)capacity * _rotary.Width * sizeof(float)));
        var cosines = _places.Next;
        _placesCos = _places.Add(TensorElementType.Float, _rotary.Places.Cos, capacity, _rotary.Width);
        var sines = _places.Next;
        _placesSin = _places.Add(TensorElementType.Float, _rotary.Places.Sin, capacity, _rotary.Width);
        _places.Send();
        _unrecorded = RunOf(RecordedStep.None);
        if (_own is not null)
        {
            // A first run of one token, which the next writes over, tells where the weights are.
            RunChunk(new SequenceTensors([0], TokenPositions.Of([0], -1, []), -1, []), 0, 0, 1);
            _own.Begin(_cache, cosines, sines, _logits.Address);
        }
        _stream.Synchronize();
    }

    /// <summary>Whether its steps are our own kernels and not the runtime's.</summary>
    public bool HasOwnSteps => _own is not null;

    public override int Capacity => _cache.Capacity;

    public override int Slots { get; }

    public override long BytesPerToken => 0;

    public override Memory<float> Run(IReadOnlyList<SequenceTensors?> rows, int firstSlot, IReadOnlyList<int> starts, int count)
    {
        var isStep = IsStep(rows, starts, count);
        // A begun step writes behind what stood in its slots until now.
        _begun = null;
        if (isStep) RunStep(rows, firstSlot, starts);
        else CardGate.Shared(_settings, () => RunChunk(rows[0]!, firstSlot, starts[0], count));
        // A step has the logits of all slots, a chunk those of its sequence alone.
        var fetched = 0;
        for (var i = 0; i < rows.Count; i++)
        {
            if (rows[i] is null) continue;
            _logits.Copy((isStep ? firstSlot + i : 0L) * _config.Vocabulary, (long)fetched++ * _config.Vocabulary, _config.Vocabulary);
            _next[firstSlot + i] = starts[i] + count;
        }
        return _logits.Wait((long)fetched * _config.Vocabulary);
    }

    public override StepLogits RunToChoose(IReadOnlyList<SequenceTensors?> rows, int firstSlot, IReadOnlyList<int> starts, int count, IReadOnlyList<PermittedTokens>? permitted)
    {
        if (_own is null || permitted is null || !IsStep(rows, starts, count)) return Run(rows, firstSlot, starts, count);
        var (own, choice, slots) = (_own, _own.Choice!, SlotsFor(rows, firstSlot));
        if (_begun is { } begun && begun.Has(rows, firstSlot, starts)) Shared(own.GoOn, slots = begun.Slots);
        else RunOwn(own, slots, rows, firstSlot, starts);
        _begun = null;
        var asked = 0;
        for (var slot = 0; slot < slots; slot++)
        {
            var row = slot - firstSlot;
            choice.Permit(slot, row >= 0 && row < rows.Count && rows[row] is not null ? permitted[asked++] : null);
        }
        Shared(own.ChooseAndBegin, slots);
        choice.Wait();
        var next = new BegunStep(slots);
        var summaries = new List<LogitSummary>(permitted.Count);
        for (var i = 0; i < rows.Count; i++)
        {
            if (rows[i] is null) continue;
            summaries.Add(choice[firstSlot + i]);
            next.Add(firstSlot + i, summaries[^1].First, starts[i] + 1);
            _next[firstSlot + i] = starts[i] + 1;
        }
        _begun = next;
        return new StepLogits(default, summaries);
    }

    /// <summary>Records the steps of short contexts for every number of slots: one takes as long as a few steps, which a batch that fills up would wait for again and again.</summary>
    public override void Prepare()
    {
        for (var slots = 1; ; slots++)
        {
            if (Bucket(slots) != slots && slots != Slots) continue;
            RunStep(new SequenceTensors?[slots], 0, new int[slots]);
            if (slots == Slots) break;
        }
        _stream.Synchronize();
    }

    public override void Dispose()
    {
        foreach (var step in _recorded.Values) step.Dispose();
        _own?.Dispose();
        _session.Dispose();
        _placesCos.Dispose();
        _placesSin.Dispose();
        _unrecorded.Dispose();
        _chunk?.Dispose();
        _features?.Dispose();
        _steps.Dispose();
        _places.Dispose();
        _cache.Dispose();
        _logits.Dispose();
        _stream.Dispose();
    }

    private void RunStep(IReadOnlyList<SequenceTensors?> rows, int firstSlot, IReadOnlyList<int> starts)
    {
        var slots = SlotsFor(rows, firstSlot);
        if (_own is not null)
        {
            RunOwn(_own, slots, rows, firstSlot, starts);
            return;
        }
        _stream.Use();
        var longest = Math.Max(starts.Max(), _next.AsSpan(0, slots).ToArray().Max()) + 1;
        var key = (slots, Math.Min(Capacity, ContextOf(longest)));
        var recorded = _recorded.GetValueOrDefault(key);
        var step = recorded ?? Record(slots, key.Item2);
        _steps.Clear();
        // The tensors are those of the recording; only their numbers are written here.
        using var ids = _steps.Add<long>(TensorElementType.Int64, out var tokens, slots, 1);
        using var last = _steps.Add<int>(TensorElementType.Int32, out var places, slots);
        using var logitRows = _steps.Add<long>(TensorElementType.Int64, out var wanted, slots);
        WriteStep(rows, firstSlot, starts, tokens, places);
        for (var slot = 0; slot < slots; slot++) wanted[slot] = slot;
        _steps.Send();
        if (recorded is not null) recorded.Run(_session);
        else Keep(key, step);
    }

    // Past its prompt a sequence goes on by one token.
    private static bool IsStep(IReadOnlyList<SequenceTensors?> rows, IReadOnlyList<int> starts, int count) =>
        count == 1 && rows.Index().All(r => r.Item is null || starts[r.Index] >= r.Item.PromptLength);

    private int SlotsFor(IReadOnlyList<SequenceTensors?> rows, int firstSlot) => Math.Min(Slots, Bucket(firstSlot + rows.Count));

    private void Shared(Action<int> work, int slots) => CardGate.Shared(_settings, () =>
    {
        work(slots);
        return true;
    });

    private void RunOwn(OwnSteps own, int slots, IReadOnlyList<SequenceTensors?> rows, int firstSlot, IReadOnlyList<int> starts) => CardGate.Shared(_settings, () =>
    {
        Span<long> tokens = stackalloc long[slots];
        Span<int> places = stackalloc int[slots];
        WriteStep(rows, firstSlot, starts, tokens, places);
        own.Run(tokens, places);
        return true;
    });

    private void WriteStep(IReadOnlyList<SequenceTensors?> rows, int firstSlot, IReadOnlyList<int> starts, Span<long> tokens, Span<int> places)
    {
        for (var slot = 0; slot < tokens.Length; slot++)
        {
            var row = slot - firstSlot;
            var sequence = row >= 0 && row < rows.Count ? rows[row] : null;
            tokens[slot] = sequence?.Ids[starts[row]] ?? 0;
            places[slot] = sequence is null ? Math.Min(_next[slot], Capacity - 1) : starts[row];
        }
    }

    // What could not be recorded, for want of memory perhaps, is recorded the next time.
    private void Keep((int Slots, int Context) key, RecordedStep step)
    {
        try
        {
            CardGate.Alone(_settings, () => step.Run(_session));
            _recorded[key] = step;
        }
        catch
        {
            step.Dispose();
            throw;
        }
    }

    // Tokens that fill it up stand behind all others, which do not see them; the next run writes over their keys and values.
    private bool RunChunk(SequenceTensors sequence, int slot, int start, int wanted)
    {
        _stream.Use();
        var count = Math.Min(_lengths?.Of(wanted) ?? wanted, Capacity - start);
        var total = start + count;
        var (cos, sin) = start < sequence.PromptLength ? _rotary.Of(sequence, total) : _rotary.Places;
        var featureRows = FeatureRows(sequence, start, wanted);
        var sent = sequence.OnCard.Count > 0 ? 0 : featureRows.LongLength * _config.Hidden;
        StagedInputs.Require(ref _chunk, _stream, sizeof(long) * (count + featureRows.LongLength) + sizeof(float) * (sent + 2L * total * _rotary.Width) + 8 * CudaRuntime.Room(1));
        var inputs = _chunk;
        using var binding = _session.CreateIoBinding();
        using var values = new OwnedValues();
        binding.BindInput(TextGraph.Ids, values.Own(inputs.Add<long>(TensorElementType.Int64, out var ids, 1, count)));
        ids.Clear();
        WriteIds([sequence], [start], wanted, ids[..wanted]);
        binding.BindInput(TextGraph.FeatureRows, values.Own(inputs.Add(TensorElementType.Int64, featureRows, featureRows.Length, 1)));
        binding.BindInput(TextGraph.Features, values.Own(sent == 0 && featureRows.Length > 0 ? FeaturesOnCard(sequence, start, featureRows.Length) : SentFeatures(inputs, sequence, start, featureRows.Length)));
        binding.BindInput(TextGraph.Cos, values.Own(inputs.Add<float>(TensorElementType.Float, cos.AsSpan(0, total * _rotary.Width), total, _rotary.Width)));
        binding.BindInput(TextGraph.Sin, values.Own(inputs.Add<float>(TensorElementType.Float, sin.AsSpan(0, total * _rotary.Width), total, _rotary.Width)));
        binding.BindInput(TextGraph.LogitRows, values.Own(inputs.Add<long>(TensorElementType.Int64, out var logitRow, 1)));
        logitRow[0] = wanted - 1;
        binding.BindInput(TextGraph.Last, values.Own(inputs.Add<int>(TensorElementType.Int32, out var last, 1)));
        last[0] = total - 1;
        binding.BindInput(TextGraph.Total, values.Own(GraphSession.Tensor<int>([total])));
        _cache.Bind(binding, slot, 1);
        binding.BindOutput(TextGraph.Logits, values.Own(_logits.Tensor(1, _config.Vocabulary)));
        _own?.Bind(binding, values);
        inputs.Send();
        _session.RunWithBinding(_unrecorded, binding);
        return true;
    }

    private OrtValue SentFeatures(StagedInputs inputs, SequenceTensors sequence, int start, int count)
    {
        var value = inputs.Add<float>(TensorElementType.Float, out var numbers, count, _config.Hidden);
        if (count > 0) sequence.Features.AsSpan(sequence.FeaturesBefore(start) * _config.Hidden, numbers.Length).CopyTo(numbers);
        return value;
    }

    // Those of one picture are used where they are; those of several are put beside each other.
    private OrtValue FeaturesOnCard(SequenceTensors sequence, int start, int count)
    {
        long first = (long)sequence.FeaturesBefore(start) * _config.Hidden, wanted = (long)count * _config.Hidden;
        if (sequence.OnCard is [var only]) return _stream.Tensor(TensorElementType.Float, only.Address(first), wanted * sizeof(float), count, _config.Hidden);
        CardOutput.Require(ref _features, _stream, wanted);
        var target = _features.Address;
        foreach (var numbers in sequence.OnCard)
        {
            var here = Math.Min(wanted, Math.Max(0, numbers.Count - first));
            if (here > 0) _stream.Copy(numbers.Address(first), target, here * sizeof(float));
            (target, wanted, first) = (target + (nint)(here * sizeof(float)), wanted - here, Math.Max(0, first - numbers.Count));
        }
        return _features.Tensor(count, _config.Hidden);
    }

    private RecordedStep Record(int slots, int context)
    {
        var (binding, values) = (_session.CreateIoBinding(), new OwnedValues());
        _steps.Clear();
        binding.BindInput(TextGraph.Ids, values.Own(_steps.Add<long>(TensorElementType.Int64, out _, slots, 1)));
        binding.BindInput(TextGraph.Last, values.Own(_steps.Add<int>(TensorElementType.Int32, out _, slots)));
        binding.BindInput(TextGraph.LogitRows, values.Own(_steps.Add<long>(TensorElementType.Int64, out _, slots)));
        binding.BindInput(TextGraph.FeatureRows, values.Own(_steps.Add<long>(TensorElementType.Int64, out _, 0, 1)));
        binding.BindInput(TextGraph.Features, values.Own(_steps.Add<float>(TensorElementType.Float, out _, 0, _config.Hidden)));
        binding.BindInput(TextGraph.Cos, _placesCos);
        binding.BindInput(TextGraph.Sin, _placesSin);
        binding.BindInput(TextGraph.Total, values.Own(GraphSession.Tensor<int>([context])));
        _cache.Bind(binding, 0, slots);
        binding.BindOutput(TextGraph.Logits, values.Own(_logits.Tensor(slots, _config.Vocabulary)));
        return new RecordedStep(binding, values, RunOf(++_recordings));
    }

    // The runtime's answer is waited for once, after the copies that follow it.
    private static RunOptions RunOf(int recording)
    {
        var run = new RunOptions();
        run.AddRunConfigEntry("gpu_graph_id", recording.ToString(CultureInfo.InvariantCulture));
        run.AddRunConfigEntry("disable_synchronize_execution_providers", "1");
        return run;
    }

    // The weights' memory is given back before the fault is told: another setting is tried next.
    private EngineException Unloaded(string message)
    {
        _own?.Dispose();
        _session.Dispose();
        _stream.Dispose();
        return new EngineException(EngineFault.OutOfMemory, message);
    }

    private static string Room(long free, int tokens, long needed) => string.Create(CultureInfo.InvariantCulture,
        $"The card has {free >> 20:N0} MiB left beside the weights; a request of {tokens:N0} tokens needs {needed >> 20:N0}.");

    private static int ContextOf(int longest)
    {
        var context = ShortestContext;
        while (context < longest) context *= ContextStep;
        return context;
    }

    // As few recordings as waste little: 1, 2, 4, then every fourth.
    internal static int Bucket(int slots) => slots <= 2 ? slots : (slots + 3) / 4 * 4;
}
