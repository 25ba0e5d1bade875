namespace GlmStudio.Engine.Text.Masks;

/// <summary>Which tokens may come next.</summary>
/// <param name="Only">Those of a mask; null: all.</param>
/// <param name="Also">Further ones.</param>
/// <param name="Never">Those that may not even so.</param>
internal readonly record struct Permission(TokenMask? Only, IReadOnlySet<int> Also, IReadOnlySet<int> Never)
{
    /// <summary>Makes the logits of all others impossible.</summary>
    public void Apply(Span<float> logits)
    {
        Only?.Apply(logits, Also);
        foreach (var id in Never)
            if ((uint)id < (uint)logits.Length) logits[id] = float.NegativeInfinity;
    }

    /// <summary>Writes a bit for each id.</summary>
    public void Write(Span<ulong> bits)
    {
        if (Only is null) bits.Fill(ulong.MaxValue);
        else Only.Write(bits);
        foreach (var id in Also)
            if ((uint)(id >> 6) < (uint)bits.Length) bits[id >> 6] |= 1ul << (id & 63);
        foreach (var id in Never)
            if ((uint)(id >> 6) < (uint)bits.Length) bits[id >> 6] &= ~(1ul << (id & 63));
    }
}
