using GlmStudio.Engine.Kernels;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace GlmStudio.Engine.Sessions;

/// <summary>Work of one card in order: copies of ours and runs of a session that was given the stream follow one another without waiting on the processor.</summary>
internal sealed unsafe class CardStream : IDisposable
{
    private readonly int _card;
    private readonly OrtMemoryInfo _memory;

    public CardStream(int card)
    {
        _card = card;
        Use();
        CudaRuntime.Check(CudaRuntime.CreateStream(out var handle, CudaRuntime.NonBlocking));
        Handle = handle;
        _memory = new OrtMemoryInfo("Cuda", OrtAllocatorType.DeviceAllocator, card, OrtMemType.Default);
    }

    /// <summary>Compute capability of its card, 90 for 9.0.</summary>
    public int Capability => CudaRuntime.Capability(_card) ?? 0;

    /// <summary>CUDA's own name for it.</summary>
    public nint Handle { get; }

    /// <summary>Bytes of the card that nobody has taken, and all of them.</summary>
    public (long Free, long Total) Memory
    {
        get
        {
            Use();
            CudaRuntime.Check(CudaRuntime.MemoryInfo(out var free, out var total));
            return ((long)free, (long)total);
        }
    }

    /// <summary>Whether a card computes with BF16: since compute capability 8. Where nothing says, it does.</summary>
    public static bool HasBrains(string device) => CudaRuntime.Capability(OnnxSettings.CardOf(device)) is not < 80;

    /// <summary>A tensor over the card's memory.</summary>
    public OrtValue Tensor(TensorElementType type, nint address, long bytes, params long[] shape) => OrtValue.CreateTensorValueWithData(_memory, type, shape, address, bytes);

    /// <summary>Memory of the card, zeroed.</summary>
    public nint Allocate(long bytes)
    {
        Use();
        var address = CudaRuntime.Take(bytes);
        CudaRuntime.Check(CudaRuntime.Fill(address, 0, (nuint)bytes, Handle));
        return address;
    }

    public void Copy(nint source, nint target, long bytes) => CudaRuntime.Check(CudaRuntime.Copy(target, source, (nuint)bytes, CudaRuntime.AnyDirection, Handle));

    /// <summary>Waits until all of it is done.</summary>
    public void Synchronize() => CudaRuntime.Check(CudaRuntime.Synchronize(Handle));

    public void Dispose()
    {
        _memory.Dispose();
        _ = CudaRuntime.DestroyStream(Handle);
    }

    /// <summary>Makes the card the thread's current one.</summary>
    public void Use() => CudaRuntime.Check(CudaRuntime.SetDevice(_card));
}
