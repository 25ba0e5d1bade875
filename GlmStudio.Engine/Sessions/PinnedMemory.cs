using System.Buffers;
using GlmStudio.Engine.Kernels;

namespace GlmStudio.Engine.Sessions;

/// <summary>Memory of the processor that a card copies from and to at the full speed of the bus.</summary>
/// <typeparam name="T">Numbers.</typeparam>
/// <param name="count">How many.</param>
internal sealed unsafe class PinnedMemory<T>(long count) : MemoryManager<T> where T : unmanaged
{
    private nint _address = Allocate(count * sizeof(T));

    public nint Address => _address;

    public override Span<T> GetSpan() => new((void*)_address, checked((int)count));

    public override MemoryHandle Pin(int elementIndex = 0) => new((T*)_address + elementIndex);

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing)
    {
        if (Interlocked.Exchange(ref _address, 0) is var address and not 0) _ = CudaRuntime.FreeHost(address);
    }

    private static nint Allocate(long bytes)
    {
        CudaRuntime.Check(CudaRuntime.AllocateHost(out var address, (nuint)bytes));
        return address;
    }
}
