using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using GlmStudio.Engine.Kernels;
using Microsoft.ML.OnnxRuntime.Tensors;
using Microsoft.ML.OnnxRuntime;

namespace GlmStudio.Engine.Sessions;

/// <summary>Inputs of a run on a card: written one after another here, copied there at once.</summary>
internal sealed class StagedInputs : IDisposable
{
    private readonly CardStream _stream;
    private readonly long _size;
    private readonly PinnedMemory<byte> _here;
    private readonly nint _there;
    private long _used;

    /// <summary>Takes the memory on both sides.</summary>
    /// <param name="stream">The card's work.</param>
    /// <param name="size">Bytes of all inputs, <see cref="CudaRuntime.Room"/> of each.</param>
    public StagedInputs(CardStream stream, long size)
    {
        (_stream, _size) = (stream, size);
        _here = new PinnedMemory<byte>(size);
        _there = stream.Allocate(size);
    }

    /// <summary>Makes them large enough for so many bytes, and empty.</summary>
    public static void Require([NotNull] ref StagedInputs? inputs, CardStream stream, long bytes)
    {
        if (inputs is null || inputs._size < bytes)
        {
            inputs?.Dispose();
            inputs = null;
            // In powers of two: every request has another length.
            inputs = new StagedInputs(stream, (long)System.Numerics.BitOperations.RoundUpToPowerOf2((ulong)bytes));
        }
        inputs.Clear();
    }

    /// <summary>Begins anew: what was written before goes when it is overwritten.</summary>
    public void Clear() => _used = 0;

    /// <summary>Room for one input.</summary>
    /// <param name="type">Its numbers, of type <typeparamref name="T"/>.</param>
    /// <param name="values">Where to write them.</param>
    /// <param name="shape">Its shape.</param>
    /// <returns>The tensor on the card; the caller disposes it.</returns>
    public OrtValue Add<T>(TensorElementType type, out Span<T> values, params long[] shape) where T : unmanaged
    {
        var bytes = shape.Aggregate(1L, (product, d) => product * d) * Marshal.SizeOf<T>();
        values = MemoryMarshal.Cast<byte, T>(_here.GetSpan().Slice(checked((int)_used), checked((int)bytes)));
        var value = _stream.Tensor(type, _there + (nint)_used, bytes, shape);
        _used += CudaRuntime.Room(bytes);
        return value;
    }

    /// <summary>One input.</summary>
    /// <inheritdoc cref="Add{T}(TensorElementType, out Span{T}, long[])"/>
    public OrtValue Add<T>(TensorElementType type, ReadOnlySpan<T> numbers, params long[] shape) where T : unmanaged
    {
        var value = Add<T>(type, out var target, shape);
        numbers.CopyTo(target);
        return value;
    }

    /// <summary>Where the next input will be on the card.</summary>
    public nint Next => _there + (nint)_used;

    /// <summary>Copies what was written.</summary>
    public void Send() => _stream.Copy(_here.Address, _there, _used);

    public void Dispose()
    {
        ((IDisposable)_here).Dispose();
        _ = CudaRuntime.Free(_there);
    }
}
