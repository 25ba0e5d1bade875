using System.Diagnostics.CodeAnalysis;
using GlmStudio.Engine.Kernels;
using Microsoft.ML.OnnxRuntime.Tensors;
using Microsoft.ML.OnnxRuntime;

namespace GlmStudio.Engine.Sessions;

/// <summary>Numbers that a run leaves on a card and that are fetched from there.</summary>
/// <param name="stream">The card's work.</param>
/// <param name="count">Most numbers.</param>
internal sealed class CardOutput(CardStream stream, long count) : IDisposable
{
    private readonly nint _there = stream.Allocate(count * sizeof(float));
    private readonly PinnedMemory<float> _here = new(count);

    /// <summary>Makes it large enough.</summary>
    public static void Require([NotNull] ref CardOutput? output, CardStream stream, long count)
    {
        if (output?.Count >= count) return;
        output?.Dispose();
        output = null;
        output = new CardOutput(stream, count);
    }

    /// <summary>Most numbers.</summary>
    public long Count { get; } = count;

    /// <summary>Where they are on the card.</summary>
    public nint Address => _there;

    /// <summary>The first numbers as a tensor on the card.</summary>
    public OrtValue Tensor(params long[] shape) => stream.Tensor(TensorElementType.Float, _there, shape.Aggregate(1L, (product, d) => product * d) * sizeof(float), shape);

    /// <summary>Copies some numbers to a place of the processor's memory, after the work that stands before it.</summary>
    public void Copy(long from, long to, long numbers) => stream.Copy(_there + (nint)(from * sizeof(float)), _here.Address + (nint)(to * sizeof(float)), numbers * sizeof(float));

    /// <summary>Waits for the work; the first numbers are then in the processor's memory.</summary>
    public Memory<float> Wait(long numbers)
    {
        stream.Synchronize();
        return _here.Memory[..checked((int)numbers)];
    }

    public void Dispose()
    {
        ((IDisposable)_here).Dispose();
        _ = CudaRuntime.Free(_there);
    }
}
