using System.Numerics;

namespace GlmStudio.Engine.Text.Grammars;

/// <summary>A set of bytes: 256 bits, the lowest 64 in <paramref name="A"/>.</summary>
internal readonly record struct ByteSet(ulong A, ulong B, ulong C, ulong D)
{
    public bool IsEmpty => (A | B | C | D) == 0;

    public int Count => BitOperations.PopCount(A) + BitOperations.PopCount(B) + BitOperations.PopCount(C) + BitOperations.PopCount(D);

    /// <summary>The lowest byte of a set that is not empty.</summary>
    public byte Lowest => (byte)(A != 0 ? BitOperations.TrailingZeroCount(A) : B != 0 ? 64 + BitOperations.TrailingZeroCount(B)
        : C != 0 ? 128 + BitOperations.TrailingZeroCount(C) : 192 + BitOperations.TrailingZeroCount(D));

    public static ByteSet Of(byte value) => new ByteSet().With(value);

    public static ByteSet Range(byte from, byte to)
    {
        var set = new ByteSet();
        for (int value = from; value <= to; value++) set = set.With((byte)value);
        return set;
    }

    public static ByteSet operator |(ByteSet a, ByteSet b) => new(a.A | b.A, a.B | b.B, a.C | b.C, a.D | b.D);

    public static ByteSet operator &(ByteSet a, ByteSet b) => new(a.A & b.A, a.B & b.B, a.C & b.C, a.D & b.D);

    public bool Contains(byte value) => ((value < 128 ? value < 64 ? A : B : value < 192 ? C : D) >> (value & 63) & 1) != 0;

    /// <summary>Sets of one byte, for each byte of this one.</summary>
    public IEnumerable<ByteSet> Each()
    {
        var all = this;
        return Enumerable.Range(0, 256).Where(value => all.Contains((byte)value)).Select(value => Of((byte)value));
    }

    public ByteSet With(byte value)
    {
        var bit = 1UL << (value & 63);
        return value switch
        {
            < 64 => this with { A = A | bit },
            < 128 => this with { B = B | bit },
            < 192 => this with { C = C | bit },
            _ => this with { D = D | bit },
        };
    }
}
