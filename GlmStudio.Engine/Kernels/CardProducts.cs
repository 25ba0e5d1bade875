using System.Collections.Concurrent;
using System.Numerics;
using GlmStudio.Engine.Graphs;

namespace GlmStudio.Engine.Kernels;

/// <summary>Products with weights on a card, y = x·Wᵀ: by our own kernels where x has few rows, which is all reading of weights, and by CUDA's library where it has many.</summary>
/// <remarks>Used by one thread at a time, like the stream whose it is.</remarks>
internal sealed unsafe class CardProducts : IDisposable
{
    // The library's kernels read 16-bit weights as fast as ours from three rows on (measured on an H200); codes it does not know.
    private const int MostPlainRows = 2, MostByteRows = 32;

    // Rows that the tensor cores take at a time.
    private const int RowsOfATile = 8;

    // Weights in 16 bits that are made of codes for one product of many rows: the second matrix of GLM-4.6V-Flash's MLP at once, its first in two parts.
    private const long DecodedBytes = 112L << 20;

    // What the library is told to use, so that it takes no memory while a step is recorded.
    private const int WorkspaceBytes = 32 << 20;

    private static readonly ConcurrentDictionary<nint, CardProducts> ByStream = new();

    private readonly KernelLauncher _kernels;
    private readonly nint _stream, _library, _workspace;
    private readonly int _type;
    private readonly CardSize _card;
    private nint _decoded, _parts;

    /// <summary>Takes the memory it needs; the card is the thread's current one.</summary>
    public CardProducts(KernelBuild build, nint stream)
    {
        (_stream, _type) = (stream, build.Type == ElementType.BFloat16 ? Cublas.BFloat16 : Cublas.Float16);
        _kernels = new KernelLauncher(build, stream);
        _card = CardSize.OfCurrent();
        _workspace = CudaRuntime.Take(WorkspaceBytes);
        Check(Cublas.Create(out _library));
        Check(Cublas.SetStream(_library, stream));
        Check(Cublas.SetWorkspace(_library, _workspace, WorkspaceBytes));
        ByStream[stream] = this;
    }

    /// <summary>Those of a stream.</summary>
    public static CardProducts Of(nint stream) => ByStream[stream];

    /// <summary>As <see cref="KernelLauncher.FavoursShared"/>.</summary>
    public bool FavoursShared
    {
        set => _kernels.FavoursShared = value;
    }

    /// <summary>Whether a product with so many rows streams its weights through shared memory.</summary>
    public bool Streams(CardMatrix w, int rows) => PlanOf(w, w.Outputs / CardMatrix.Tile, rows) is not null;

    /// <summary>Puts codes of 4 bits in the order that the kernels read; once for each matrix.</summary>
    public void Arrange(CardMatrix w)
    {
        var bytes = 8 * (w.Inputs / 2 + 2 * w.Blocks + (w.Blocks + 1) / 2);
        _kernels.Launch("arrange", new(w.Outputs / 8), 256, bytes, w.Numbers, w.Scales, w.Zeros, w.Inputs / CodeFormat.Chunk, w.Blocks);
    }

    /// <summary>y = x·Wᵀ. x: [rows, inputs]; y: [rows, outputs], both in 16 bits.</summary>
    public void Multiply(CardMatrix w, nint x, nint y, int rows)
    {
        if (!MultiplyByKernel("product", 8, CardMatrix.Tile, w, w.Outputs, x, y, rows)) MultiplyByLibrary(w, x, y, rows, _type);
    }

    /// <summary>y = silu(gate)·up of x·Wᵀ, whose first half is the gate.</summary>
    /// <param name="w">Both halves.</param>
    /// <param name="x">[rows, inputs].</param>
    /// <param name="y">[rows, outputs / 2].</param>
    /// <param name="both">Room for [rows, outputs].</param>
    /// <param name="rows">Rows.</param>
    public void MultiplyGated(CardMatrix w, nint x, nint y, nint both, int rows)
    {
        var outputs = w.Outputs / 2;
        if (MultiplyByKernel("gated_product", 4, CardMatrix.Tile / 2, w, outputs, x, y, rows)) return;
        MultiplyByLibrary(w, x, both, rows, _type);
        RowKernels.Gate(_kernels, both, y, rows, outputs);
    }

    /// <summary>x·Wᵀ in 32 bits.</summary>
    public void MultiplyLogits(CardMatrix w, nint x, nint y, int rows)
    {
        if (!MultiplyByKernel("logits", 4, CardMatrix.Tile, w, w.Outputs, x, y, rows)) MultiplyByLibrary(w, x, y, rows, Cublas.Float32);
    }

    public void Dispose()
    {
        ByStream.TryRemove(_stream, out _);
        _ = Cublas.Destroy(_library);
        _ = CudaRuntime.Free(_workspace);
        if (_decoded != 0) _ = CudaRuntime.Free(_decoded);
        if (_parts != 0) _ = CudaRuntime.Free(_parts);
    }

    // By a kernel of our own, where there is one for so many rows. warps: of a block where it has one tile.
    private bool MultiplyByKernel(string kernel, int warps, int tile, CardMatrix w, int outputs, nint x, nint y, int rows) => rows > 0 && w.Format.Bits switch
    {
        0 => Plain(kernel, tile, w, outputs, x, y, rows),
        8 => Bytes($"byte_{kernel}", tile, w, outputs, x, y, rows),
        _ => Coded(kernel, warps, tile, w, outputs, x, y, rows),
    };

    private StreamPlan? PlanOf(CardMatrix w, int tiles, int rows) => w.Format.Bits switch
    {
        0 when rows <= MostPlainRows => StreamPlan.Of(tiles, w.Inputs / 8, StreamedWeights.Plain, rows, _card),
        4 => StreamPlan.Of(tiles, w.Inputs / 8, StreamedWeights.Coded(w.Format.ScalesOfChunk), rows, _card),
        _ => null,
    };

    private bool Plain(string kernel, int tile, CardMatrix w, int outputs, nint x, nint y, int rows)
    {
        var tiles = outputs / tile;
        if (PlanOf(w, tiles, rows) is not { } plan) return false;
        _kernels.Launch(kernel, new(plan.Blocks), plan.Warps * 32, plan.SharedBytes, x, w.Numbers, y, rows, outputs, w.Inputs / 8, tiles, plan.Split);
        return true;
    }

    private bool Coded(string kernel, int warps, int tile, CardMatrix w, int outputs, nint x, nint y, int rows)
    {
        var (tiles, chunks) = (outputs / tile, w.Inputs / CodeFormat.Chunk);
        var chunksOfScale = Math.Max(0, BitOperations.Log2((uint)w.Format.Block) - BitOperations.Log2(CodeFormat.Chunk));
        if (PlanOf(w, tiles, rows) is { } plan)
            _kernels.Launch($"coded_{kernel}", new(plan.Blocks), plan.Warps * 32, plan.SharedBytes, x, w.Numbers, w.Scales, w.Zeros, y, rows, outputs, chunks, chunksOfScale, w.Blocks, tiles, plan.Split);
        else if (rows < ManyRowsPlan.FewestRows) _kernels.Launch($"coded_rows_{kernel}_{Tiles(rows)}", new(tiles), warps * 32, 0, x, w.Numbers, w.Scales, w.Zeros, y, rows, outputs, chunks, chunksOfScale, w.Blocks);
        else if (ManyRowsPlan.Of(outputs, tile < CardMatrix.Tile, chunks, w.Format.ScalesOfChunk, rows, _card) is { } many)
        {
            var (sums, counts) = Parts();
            _kernels.Launch($"coded_many_{kernel}_{many.Tiles}", new(many.Blocks, many.Split), ManyRowsPlan.Threads, many.SharedBytes, x, w.Numbers, w.Scales, w.Zeros, y, sums, counts, rows, outputs, chunks, chunksOfScale, w.Blocks);
        }
        else return false;
        return true;
    }

    // Room for the sums that blocks leave for each other, and how many have left theirs: none before a product and after it.
    private (nint Sums, nint Counts) Parts()
    {
        var counts = CudaRuntime.Room(ManyRowsPlan.CountBytes(_card));
        if (_parts == 0)
        {
            _parts = CudaRuntime.Take(counts + ManyRowsPlan.PartBytes(_card));
            CudaRuntime.Check(CudaRuntime.Fill(_parts, 0, (nuint)counts, _stream));
        }
        return (_parts + (nint)counts, _parts);
    }

    private bool Bytes(string kernel, int tile, CardMatrix w, int outputs, nint x, nint y, int rows)
    {
        const int Warps = 8, Chunk = 64;
        if (rows > MostByteRows) return false;
        _kernels.Launch($"{kernel}_{Tiles(rows)}", new(outputs / tile), Warps * 32, 0, x, w.Numbers, w.Scales, w.Zeros, y, rows, outputs, w.Inputs / Chunk, w.Format.Block / 16, w.Blocks);
        return true;
    }

    private static int Tiles(int rows) => (rows + RowsOfATile - 1) / RowsOfATile;

    private void MultiplyByLibrary(CardMatrix w, nint x, nint y, int rows, int typeOfY)
    {
        if (rows == 0) return;
        if (w.Format.Bits == 0)
        {
            Library(w.Outputs, w.Numbers, w, x, y, rows, typeOfY);
            return;
        }
        if (_decoded == 0) _decoded = CudaRuntime.Take(DecodedBytes);
        var passes = (int)((2L * w.Outputs * w.Inputs + DecodedBytes - 1) / DecodedBytes);
        var most = (w.Outputs + passes * CardMatrix.Tile - 1) / (passes * CardMatrix.Tile) * CardMatrix.Tile;
        for (var first = 0; first < w.Outputs; first += most)
        {
            var outputs = Math.Min(most, w.Outputs - first);
            Decode(w, first, outputs);
            Library(outputs, _decoded, w, x, y + first * (typeOfY == Cublas.Float32 ? sizeof(float) : sizeof(ushort)), rows, typeOfY);
        }
    }

    private void Decode(CardMatrix w, int first, int outputs)
    {
        const int Warps = 4, Threads = Warps * 32;
        var (codes, scales) = (w.Numbers + (nint)((long)first * w.Inputs * w.Format.Bits / 8), w.Scales + (nint)((long)first * w.Blocks * sizeof(ushort)));
        var zeros = w.Zeros + (nint)((long)first * ((w.Blocks * w.Format.Bits + 7) / 8));
        var (chunks, sixteens) = (w.Inputs / CodeFormat.Chunk, w.Inputs / 16);
        if (w.Format.Bits == 4) _kernels.Launch("decode_all", new((chunks + Warps - 1) / Warps, outputs / 8), Threads, 0, codes, scales, zeros, _decoded, chunks, w.Format.Block / 32, w.Blocks);
        else _kernels.Launch("decode_all_bytes", new((sixteens + Threads - 1) / Threads, outputs), Threads, 0, codes, scales, zeros, _decoded, sixteens, w.Format.Block / 16, w.Blocks);
    }

    // The library's matrices stand column by column, so that x·Wᵀ is W·xᵀ there.
    private void Library(int outputs, nint numbers, CardMatrix w, nint x, nint y, int rows, int typeOfY)
    {
        float one = 1, zero = 0;
        Check(Cublas.Multiply(_library, Cublas.Transposed, Cublas.AsItIs, outputs, rows, w.Inputs, &one, numbers, _type, w.Inputs, x, _type, w.Inputs,
            &zero, y, typeOfY, w.Outputs, Cublas.Sums32, Cublas.AnyAlgorithm));
    }

    private static void Check(int status)
    {
        if (status != 0) throw new InvalidOperationException($"CUDA's matrix products ({Cublas.Library}): status {status}.");
    }
}
