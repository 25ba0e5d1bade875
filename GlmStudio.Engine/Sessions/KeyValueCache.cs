using System.Runtime.InteropServices;
using GlmStudio.Engine.Checkpoints;
using GlmStudio.Engine.Graphs;
using GlmStudio.Engine.Kernels;
using GlmStudio.Engine.Model;
using Microsoft.ML.OnnxRuntime.Tensors;
using Microsoft.ML.OnnxRuntime;

namespace GlmStudio.Engine.Sessions;

/// <summary>Keys and values of every layer: one arena a layer, [slots, kv heads, capacity, head size] of the network's numbers, used in place.</summary>
/// <remarks>On the processor the arena is zeroed virtual memory: pages that no token has reached cost nothing. A card's memory is taken whole. Neighbouring slots are
/// one tensor, so a batch of them runs without copying.</remarks>
internal sealed unsafe class KeyValueCache : IDisposable
{
    private readonly TextConfig _config;
    private readonly nint[] _arenas;
    private readonly nuint _slotBytes;
    private readonly TensorElementType _type;
    private readonly CardStream? _card;
    private readonly Dictionary<(int First, int Count), OrtValue[]> _views = [];

    /// <summary>Takes the memory.</summary>
    /// <param name="config">The network.</param>
    /// <param name="slots">Sequences.</param>
    /// <param name="capacity">Tokens of each.</param>
    /// <param name="arithmetic">The network's numbers.</param>
    /// <param name="card">The card whose memory it is; null: the processor's.</param>
    public KeyValueCache(TextConfig config, int slots, int capacity, Arithmetic arithmetic, CardStream? card = null)
    {
        (_config, Slots, Capacity, _type, _card) = (config, slots, capacity, TypeOf(arithmetic), card);
        _arenas = new nint[2 * config.Layers];
        _slotBytes = (nuint)(SlotBytesOf(config, capacity, arithmetic) / _arenas.Length);
        for (var i = 0; i < _arenas.Length; i++) _arenas[i] = card?.Allocate((long)_slotBytes * slots) ?? (nint)NativeMemory.AllocZeroed(_slotBytes * (nuint)slots);
    }

    /// <summary>Bytes of a slot in all layers.</summary>
    public static long SlotBytesOf(TextConfig config, int capacity, Arithmetic arithmetic) =>
        checked(2L * config.Layers * config.KeyValueHeads * capacity * config.HeadSize * arithmetic.Stored.Size());

    public int Slots { get; }

    /// <summary>Tokens a slot can hold.</summary>
    public int Capacity { get; }

    /// <summary>Where the arenas are: key 0, value 0, key 1, …</summary>
    public IReadOnlyList<nint> Arenas => _arenas;

    /// <summary>Keys and values of one token in all layers.</summary>
    public long BytesPerToken => (long)_slotBytes / Capacity * _arenas.Length;

    /// <summary>Keys and values of neighbouring slots, layer by layer: key 0, value 0, key 1, …; tensors over the arena's own memory.</summary>
    private OrtValue[] View(int first, int count)
    {
        if (_views.TryGetValue((first, count), out var view)) return view;
        long[] shape = [count, _config.KeyValueHeads, Capacity, _config.HeadSize];
        return _views[(first, count)] = [.. _arenas.Select(arena => Tensor(arena + (nint)(_slotBytes * (nuint)first), (long)(_slotBytes * (nuint)count), shape))];
    }

    /// <summary>Binds neighbouring slots. Past and present are the same memory: the attention writes the new keys and values where they belong.</summary>
    public void Bind(OrtIoBinding binding, int first, int count)
    {
        var view = View(first, count);
        for (var layer = 0; layer < _config.Layers; layer++)
            foreach (var (name, value) in ((string, OrtValue)[])[(TextGraph.Key(layer), view[2 * layer]), (TextGraph.Value(layer), view[2 * layer + 1])])
            {
                binding.BindInput(name, value);
                binding.BindOutput(TextGraph.Written(name), value);
            }
    }

    private OrtValue Tensor(nint address, long bytes, long[] shape) => _card?.Tensor(_type, address, bytes, shape)
        ?? OrtValue.CreateTensorValueWithData(OrtMemoryInfo.DefaultInstance, _type, shape, address, bytes);

    private static TensorElementType TypeOf(Arithmetic arithmetic) => arithmetic.Type switch
    {
        ElementType.Float16 => TensorElementType.Float16,
        ElementType.BFloat16 => TensorElementType.BFloat16,
        _ => TensorElementType.Float,
    };

    public void Dispose()
    {
        foreach (var view in _views.Values.SelectMany(v => v)) view.Dispose();
        foreach (var arena in _arenas)
            if (_card is null) NativeMemory.Free((void*)arena);
            else _ = CudaRuntime.Free(arena);
    }
}
