using GlmStudio.Engine.Checkpoints;
using GlmStudio.Engine.Model;

namespace GlmStudio.Engine.Sessions;

/// <summary>Says which tokens may come next.</summary>
/// <param name="bits">A bit for each token, to be written.</param>
/// <returns>False where all may come; the bits count for nothing then.</returns>
internal delegate bool PermittedTokens(Span<ulong> bits);

/// <summary>The text decoder with its cache: runs a chunk of one prompt, or one token for each of several sequences in slots close together.</summary>
internal abstract class TextRunner : IDisposable
{
    /// <summary>Tokens a sequence can have.</summary>
    public abstract int Capacity { get; }

    /// <summary>Sequences that have room at once.</summary>
    public abstract int Slots { get; }

    /// <summary>Bytes that the keys and values of a token take once it comes; 0 where the room is taken from the beginning.</summary>
    public abstract long BytesPerToken { get; }

    /// <summary>Does on the thread that will run it what would otherwise delay its first steps.</summary>
    public virtual void Prepare()
    {
    }

    /// <summary>Runs tokens <c>[start, start + count)</c> of each sequence; their earlier tokens are in the cache.</summary>
    /// <param name="rows">Sequences of neighbouring slots, several only with <paramref name="count"/> 1; null where a slot between them runs along for nothing.</param>
    /// <param name="firstSlot">Slot of the first sequence.</param>
    /// <param name="starts">First token of each sequence; of a slot without one, the place of its cache that is written to.</param>
    /// <param name="count">Tokens of each sequence.</param>
    /// <returns>Logits after the last token of each sequence, [sequences, vocabulary], until the next run.</returns>
    /// <remarks>Where it throws, nothing that was in the cache has changed: after a <see cref="MemoryShortage"/> it may be run again.</remarks>
    public abstract Memory<float> Run(IReadOnlyList<SequenceTensors?> rows, int firstSlot, IReadOnlyList<int> starts, int count);

    /// <summary>Runs the same, where the likeliest token of each sequence is all that will be chosen: the logits may stay where they are.</summary>
    /// <param name="rows">As in <see cref="Run"/>.</param>
    /// <param name="firstSlot">As there.</param>
    /// <param name="starts">As there.</param>
    /// <param name="count">As there.</param>
    /// <param name="permitted">Of each sequence which tokens may come, asked for while the device is at work; null where the logits themselves are wanted.</param>
    public virtual StepLogits RunToChoose(IReadOnlyList<SequenceTensors?> rows, int firstSlot, IReadOnlyList<int> starts, int count, IReadOnlyList<PermittedTokens>? permitted) =>
        Run(rows, firstSlot, starts, count);

    public abstract void Dispose();

    /// <summary>The decoder for a device.</summary>
    public static TextRunner Open(Checkpoint checkpoint, TextConfig config, OnnxSettings settings, int slots, int capacity, Arithmetic arithmetic) => settings.IsCard
        ? new CardTextSession(checkpoint, config, settings, slots, capacity, arithmetic)
        : new TextSession(checkpoint, config, settings, slots, capacity, arithmetic);

    /// <summary>Ids of the tokens, row by row; token 0 where a slot runs along.</summary>
    private protected static void WriteIds(IReadOnlyList<SequenceTensors?> rows, IReadOnlyList<int> starts, int count, Span<long> target)
    {
        for (var (row, at) = (0, 0); row < rows.Count; row++)
            for (var i = starts[row]; i < starts[row] + count; i++, at++) target[at] = rows[row]?.Ids[i] ?? 0;
    }

    /// <summary>The rows of a chunk that are features.</summary>
    private protected static long[] FeatureRows(SequenceTensors sequence, int start, int count) =>
        [.. Enumerable.Range(0, count).Where(i => sequence.IsPlaceholder(start + i)).Select(i => (long)i)];
}
