using static GlmStudio.Engine.Kernels.KernelLauncher;

namespace GlmStudio.Engine.Kernels;

/// <summary>Addresses on a card that steps read and write, the same for every step.</summary>
/// <param name="Ids">A token of each slot, 64 bits.</param>
/// <param name="Last">The place of that token in its sequence, 32 bits.</param>
/// <param name="Cosines">Cosines of every place, [capacity, rotary pairs] in 32 bits.</param>
/// <param name="Sines">Its sines.</param>
/// <param name="Logits">[slots, vocabulary] in 32 bits.</param>
/// <param name="Cache">Keys and values, layer by layer: key 0, value 0, key 1, …; [slots, kv heads, capacity, head size].</param>
/// <param name="Capacity">Places of a slot.</param>
internal sealed record StepMemory(nint Ids, nint Last, nint Cosines, nint Sines, nint Logits, IReadOnlyList<nint> Cache, int Capacity);

/// <summary>One token for each of the first slots, through the whole decoder, in kernels of our own: eight a layer. Recorded as a CUDA graph for each number of slots and played back.</summary>
/// <remarks>
/// <code>
/// embed + norm ─ layers: q│k│v ─ attend ─ join ─ o ─ norm + sum + norm ─ gate·up ─ down ─ norm + sum + norm ─ head
/// </code>
/// Each kernel starts while the one before it ends, and reads its first weights meanwhile. Used by one thread.
/// </remarks>
internal sealed class DecoderStep : IDisposable
{
    // A context is attended to in at most so many parts beside each other; join_parts takes no more.
    private const int MostParts = 32, FewestParts = 8, PartsOfAllSlots = 64;

    // Many slots fill the card with fewer parts each (measured on an H200 with contexts of 1,041 tokens: 32 slots 19.4 µs a layer with four parts, 25.0 with eight).
    private const int ManySlots = 16, FewestPartsOfMany = 4, PartsOfManySlots = 128;
    private const int AttentionThreads = 128;
    private const int OtherThreadsGoOn = 1; // cudaStreamCaptureModeThreadLocal

    private readonly DecoderShape _shape;
    private readonly DecoderWeights _weights;
    private readonly StepMemory _memory;
    private readonly KernelLauncher _kernels;
    private readonly CardProducts _products;
    private readonly nint _stream, _arena;
    private readonly Dictionary<int, nint[]> _recordings = [];
    private readonly nint _residual, _x, _qkv, _attended, _both, _gated, _branch, _sums, _spread;

    /// <summary>Takes the memory for what is computed on the way.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public DecoderStep(DecoderShape shape, DecoderWeights weights, StepMemory memory, KernelBuild build, CardProducts products, nint stream, int slots)
    {
        (_shape, _weights, _memory, _products, _stream) = (shape, weights, memory, products, stream);
        _kernels = new KernelLauncher(build, stream);
        var parts = Enumerable.Range(1, slots).Max(s => s * PartsOf(s)) * shape.KeyValueHeads * CardMatrix.Tile;
        long[] bytes =
        [
            2L * slots * shape.Hidden, 2L * slots * shape.Hidden, 2L * slots * shape.QkvWidth, 2L * slots * shape.Heads * shape.HeadSize, 4L * slots * shape.Intermediate,
            2L * slots * shape.Intermediate, 2L * slots * shape.Hidden, 4L * parts * shape.HeadSize, 8L * parts,
        ];
        var places = new nint[bytes.Length];
        long total = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            places[i] = (nint)total;
            total += CudaRuntime.Room(bytes[i]);
        }
        _arena = CudaRuntime.Take(total);
        (_residual, _x, _qkv, _attended, _both) = (_arena + places[0], _arena + places[1], _arena + places[2], _arena + places[3], _arena + places[4]);
        (_gated, _branch, _sums, _spread) = (_arena + places[5], _arena + places[6], _arena + places[7], _arena + places[8]);
    }

    /// <summary>Puts a step on the stream. The card is the thread's current one.</summary>
    /// <param name="slots">Slots from the first on.</param>
    public void Run(int slots)
    {
        Begin(slots);
        End(slots);
    }

    /// <summary>Puts only its first layers on the stream; <see cref="End"/> does the others.</summary>
    public void Begin(int slots)
    {
        foreach (var piece in RecordingOf(slots)[..^1]) CudaRuntime.Check(CudaRuntime.Play(piece, _stream));
    }

    /// <summary>Puts the rest of a step on the stream that was begun for as many slots.</summary>
    public void End(int slots) => CudaRuntime.Check(CudaRuntime.Play(RecordingOf(slots)[^1], _stream));

    public void Dispose()
    {
        foreach (var recording in _recordings.Values.SelectMany(r => r)) _ = CudaRuntime.DestroyExecutable(recording);
        _ = CudaRuntime.Free(_arena);
    }

    /// <summary>Parts in which the context of each of so many slots is attended to.</summary>
    internal static int PartsOf(int slots) => slots < ManySlots ? Math.Clamp(PartsOfAllSlots / slots, FewestParts, MostParts) : Math.Max(PartsOfManySlots / slots, FewestPartsOfMany);

    // The card begins with the first few layers while the processor still hands over the others, or has not decided whether there are others.
    private IEnumerable<(int From, int To)> Pieces => from piece in ((int, int)[])[(0, 2), (2, 10), (10, _shape.Layers)] let to = Math.Min(piece.Item2, _shape.Layers) where piece.Item1 < to select (piece.Item1, to);

    private nint[] RecordingOf(int slots)
    {
        if (_recordings.TryGetValue(slots, out var recording)) return recording;
        // Once for real: what CUDA loads or takes at the first use of a kernel cannot be recorded.
        foreach (var (from, to) in Pieces) Put(slots, from, to);
        CudaRuntime.Check(CudaRuntime.Synchronize(_stream));
        return _recordings[slots] = [.. Pieces.Select(p => Record(slots, p.From, p.To))];
    }

    private nint Record(int slots, int from, int to)
    {
        CudaRuntime.Check(CudaRuntime.BeginRecording(_stream, OtherThreadsGoOn));
        nint graph;
        try
        {
            Put(slots, from, to);
        }
        finally
        {
            CudaRuntime.Check(CudaRuntime.EndRecording(_stream, out graph));
        }
        var status = CudaRuntime.Instantiate(out var recording, graph, 0);
        _ = CudaRuntime.DestroyGraph(graph);
        CudaRuntime.Check(status);
        return recording;
    }

    private void Put(int slots, int from, int to)
    {
        var any = _weights.Layers[0];
        _kernels.FavoursShared = _products.FavoursShared = ((CardMatrix[])[any.Qkv, any.Output, any.GateUp, any.Down]).All(w => _products.Streams(w, slots));
        if (from == 0) Embed(slots);
        for (var i = from; i < to; i++)
        {
            var layer = _weights.Layers[i];
            _products.Multiply(layer.Qkv, _x, _qkv, slots);
            Attend(layer, i, slots);
            _products.Multiply(layer.Output, _attended, _branch, slots);
            Norms(layer.AttentionNorm, layer.MlpNorm, slots);
            _products.MultiplyGated(layer.GateUp, _x, _gated, _both, slots);
            _products.Multiply(layer.Down, _gated, _branch, slots);
            Norms(layer.AfterNorm, layer.NextNorm, slots);
        }
        if (to == _shape.Layers) _products.MultiplyLogits(_weights.Head, _x, _memory.Logits, slots);
    }

    private void Embed(int slots)
    {
        var (parts, shared, threads) = (_shape.Hidden / 8, _shape.Hidden * sizeof(float), RowKernels.NormThreads(_shape.Hidden));
        if (_shape.Table.Bits == 0) _kernels.Launch("embed", new(slots), threads, shared, _memory.Ids, _weights.Table, _weights.FirstNorm, _residual, _x, parts, Bits(_shape.Epsilon));
        else
            _kernels.Launch("embed_codes", new(slots), threads, shared, _memory.Ids, _weights.Table, _weights.TableScales, _weights.TableZeros, _weights.FirstNorm, _residual, _x, parts,
                _shape.Table.Bits, _shape.Table.Block, Bits(_shape.Epsilon));
    }

    private void Attend(DecoderWeights.Layer layer, int index, int slots)
    {
        var parts = PartsOf(slots);
        // Scores are powers of two: exp(x) = 2^(x·log₂e).
        var scale = (float)(Math.Log2(Math.E) / Math.Sqrt(_shape.HeadSize));
        _kernels.Launch($"attend_{_shape.HeadSize}", new(parts, _shape.KeyValueHeads, slots), AttentionThreads, 0, _qkv, layer.Bias, _memory.Cosines, _memory.Sines, _memory.Last,
            _memory.Cache[2 * index], _memory.Cache[2 * index + 1], _sums, _spread, _memory.Capacity, _shape.Heads, _shape.KeyValueHeads, _shape.RotaryPairs, Bits(scale));
        _kernels.Launch("join_parts", new(_shape.Heads, slots), _shape.HeadSize, 0, _sums, _spread, _memory.Last, _attended, _memory.Capacity, _shape.Heads, _shape.KeyValueHeads, parts);
    }

    // The residual is written where it was read.
    private void Norms(nint branch, nint next, int slots) =>
        RowKernels.NormAddNorm(_kernels, _residual, _branch, branch, next, _residual, _x, slots, _shape.Hidden, _shape.BranchEpsilon, _shape.Epsilon);
}
