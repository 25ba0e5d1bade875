namespace GlmStudio.Engine.Text.Masks;

/// <summary>The tokens that may come next: a bit for each id, or the few ids themselves.</summary>
internal sealed class TokenMask
{
    // Fewer than one id in so many bits are kept as ids.
    private const int BitsOfAnId = 32;

    private readonly ulong[]? _bits;
    private readonly int[] _ids = [];

    /// <param name="bits">A bit for each id; kept.</param>
    public TokenMask(ulong[] bits)
    {
        foreach (var word in bits) Count += System.Numerics.BitOperations.PopCount(word);
        if (Count * BitsOfAnId >= bits.Length * 64) _bits = bits;
        else _ids = [.. Ids(bits)];
    }

    public int Count { get; }

    /// <summary>Memory, roughly.</summary>
    public long Bytes => 64 + (_bits?.Length ?? 0) * sizeof(ulong) + _ids.Length * sizeof(int);

    public bool Contains(int id) => _bits is null ? Array.BinarySearch(_ids, id) >= 0 : (uint)(id >> 6) < (uint)_bits.Length && (_bits[id >> 6] >> (id & 63) & 1) != 0;

    /// <summary>Leaves the permitted tokens' logits as they are and makes all others impossible.</summary>
    /// <param name="logits">One for each id; ids beyond the mask are not permitted.</param>
    /// <param name="also">Further ids that are permitted.</param>
    public void Apply(Span<float> logits, IReadOnlySet<int> also)
    {
        var kept = new List<(int Id, float Logit)>();
        foreach (var id in also)
            if ((uint)id < (uint)logits.Length) kept.Add((id, logits[id]));
        if (_bits is null) Few(logits);
        else Many(logits, _bits);
        foreach (var (id, logit) in kept) logits[id] = logit;
    }

    /// <summary>Writes a bit for each id, at most as many as there is room for.</summary>
    public void Write(Span<ulong> bits)
    {
        bits.Clear();
        if (_bits is not null) _bits.AsSpan(0, Math.Min(_bits.Length, bits.Length)).CopyTo(bits);
        foreach (var id in _ids)
            if ((uint)(id >> 6) < (uint)bits.Length) bits[id >> 6] |= 1ul << (id & 63);
    }

    private void Few(Span<float> logits)
    {
        var kept = new float[_ids.Length];
        for (var i = 0; i < kept.Length; i++) kept[i] = logits[_ids[i]];
        logits.Fill(float.NegativeInfinity);
        for (var i = 0; i < kept.Length; i++) logits[_ids[i]] = kept[i];
    }

    private static void Many(Span<float> logits, ulong[] bits)
    {
        for (var word = 0; word * 64 < logits.Length; word++)
        {
            var part = logits[(word * 64)..Math.Min(logits.Length, word * 64 + 64)];
            var permitted = word < bits.Length ? bits[word] : 0;
            if (permitted == ulong.MaxValue) continue;
            if (permitted == 0) part.Fill(float.NegativeInfinity);
            else
                for (var i = 0; i < part.Length; i++)
                    if ((permitted >> i & 1) == 0) part[i] = float.NegativeInfinity;
        }
    }

    private static IEnumerable<int> Ids(ulong[] bits)
    {
        for (var word = 0; word < bits.Length; word++)
            for (var rest = bits[word]; rest != 0; rest &= rest - 1) yield return word * 64 + System.Numerics.BitOperations.TrailingZeroCount(rest);
    }
}
