using System.Runtime.InteropServices;
using GlmStudio.Engine.Kernels;

namespace GlmStudio.Engine.Sessions;

/// <summary>The choice of the likeliest token where the logits are: what may come is read from here, and only a summary of each slot comes back.</summary>
internal sealed unsafe class CardChoice : IDisposable
{
    private const int LogitsOfBlock = 4096, Threads = 256; // as summarise has them

    private readonly KernelLauncher _kernels;
    private readonly nint _stream, _logits, _parts, _chosen;
    private readonly int _vocabulary, _blocks, _words;
    private readonly PinnedMemory<ulong> _permitted;
    private readonly PinnedMemory<int> _restricted;
    private readonly PinnedMemory<Summary> _results;

    /// <summary>Takes the memory it needs.</summary>
    /// <param name="build">What kernels are compiled for.</param>
    /// <param name="stream">The card's work; the card is the thread's current one.</param>
    /// <param name="logits">Address of the logits, [slots, vocabulary].</param>
    /// <param name="slots">Most slots.</param>
    /// <param name="vocabulary">Logits of a slot.</param>
    public CardChoice(KernelBuild build, CardStream stream, nint logits, int slots, int vocabulary)
    {
        (_stream, _logits, _vocabulary) = (stream.Handle, logits, vocabulary);
        _kernels = new KernelLauncher(build, stream.Handle);
        (_blocks, _words) = ((vocabulary + LogitsOfBlock - 1) / LogitsOfBlock, (vocabulary + 63) / 64);
        _permitted = new PinnedMemory<ulong>((long)slots * _words);
        _restricted = new PinnedMemory<int>(slots);
        _results = new PinnedMemory<Summary>(slots);
        _parts = stream.Allocate((long)slots * _blocks * sizeof(Summary));
        CudaRuntime.Check(CudaRuntime.CreateEvent(out _chosen, CudaRuntime.WithoutTimes));
    }

    /// <summary>Takes down which tokens may come in a slot. The last choice must have been waited for.</summary>
    /// <param name="slot">The slot.</param>
    /// <param name="permitted">Who knows; null: all.</param>
    public void Permit(int slot, PermittedTokens? permitted) =>
        _restricted.GetSpan()[slot] = permitted?.Invoke(_permitted.GetSpan().Slice(slot * _words, _words)) == true ? 1 : 0;

    /// <summary>Puts the choice for the first slots on the stream: the tokens chosen are the next step's, each a place further.</summary>
    /// <param name="slots">Slots.</param>
    /// <param name="ids">Address of the tokens, 64 bits each.</param>
    /// <param name="last">Address of their places, 32 bits each.</param>
    public void Put(int slots, nint ids, nint last)
    {
        _kernels.Launch("summarise", new(_blocks, slots), Threads, 0, _logits, _permitted.Address, _restricted.Address, _parts, _vocabulary, 2 * _words);
        _kernels.Launch("choose", new(slots), 32, 0, _parts, _results.Address, ids, last, _blocks);
        CudaRuntime.Check(CudaRuntime.RecordEvent(_chosen, _stream));
    }

    /// <summary>Waits for the choice; what stands behind it on the stream goes on.</summary>
    public void Wait() => CudaRuntime.Check(CudaRuntime.SynchronizeEvent(_chosen));

    /// <summary>What was chosen from in a slot.</summary>
    public LogitSummary this[int slot]
    {
        get
        {
            var s = _results.GetSpan()[slot];
            return new LogitSummary(s.Highest + Math.Log(s.Sum), s.Top + Math.Log(s.Total), Math.Max(0, Math.Log(s.Total) - ((double)s.Dot / s.Total)), s.First, s.Top, float.IsNegativeInfinity(s.Second) ? null : s.Next, s.Second);
        }
    }

    public void Dispose()
    {
        ((IDisposable)_permitted).Dispose();
        ((IDisposable)_restricted).Dispose();
        ((IDisposable)_results).Dispose();
        _ = CudaRuntime.Free(_parts);
        _ = CudaRuntime.DestroyEvent(_chosen);
    }

    // summary in Choice.cu.
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Summary
    {
        public readonly float Highest, Sum, Top, Total, Dot, Second;
        public readonly int First, Next;
    }
}
