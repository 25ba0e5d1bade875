using GlmStudio.Engine.Checkpoints;

namespace GlmStudio.Tests.Engine.Checkpoints;

public sealed class BlockQuantizerTests
{
    public static TheoryData<int, int, int> Sizes => new MatrixTheoryData<int, int, int>([4, 8], [16, 32, 128], [1, 31, 64, 333]);

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Quantize_RandomRow_ComesBackWithinHalfAStepOfItsBlocksRange(int bits, int block, int length)
    {
        var row = Noise(length);
        var back = Back(row, new QuantizedFormat(bits, block), TensorType.F32);
        for (var start = 0; start < length; start += block)
        {
            var part = row[start..Math.Min(length, start + block)];
            // The best choice is at least as good as whole steps from the least to the greatest number.
            var step = (Math.Max(part.Max(), 0) - Math.Min(part.Min(), 0)) / ((1 << bits) - 1);
            Assert.True(Error(part, back[start..(start + part.Length)]) <= step / 2 * 1.001, $"block at {start}");
        }
    }

    [Fact]
    public void Quantize_NumbersOfOneSign_UseAllSteps()
    {
        float[] row = [.. Enumerable.Range(0, 16).Select(i => 1f + i / 15f * 14)];
        Assert.InRange(Error(row, Back(row, new QuantizedFormat(4, 16), TensorType.F32)), 0, 0.3);
    }

    [Fact]
    public void Quantize_OneFarNumber_KeepsItAsItIs()
    {
        var row = new float[32];
        row[7] = 3;
        Assert.Equal(row, Back(row, new QuantizedFormat(4, 32), TensorType.F32));
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(1e-42f)]
    public void Quantize_NothingToSpeakOf_IsZero(float number)
    {
        float[] row = [.. Enumerable.Repeat(number, 32)];
        Assert.Equal(new float[32], Back(row, new QuantizedFormat(4, 32), TensorType.F16));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Quantize_NotFinite_IsRefused(float number)
    {
        var row = Noise(64);
        row[40] = number;
        Assert.False(new BlockQuantizer(new QuantizedFormat(4, 32), TensorType.F32).Quantize(row, new byte[32], new float[2], new byte[1]));
    }

    [Fact]
    public void Quantize_ScalesOfHalfTheBits_CostsLittle()
    {
        var row = Noise(4096);
        var (exact, half) = (Error(row, Back(row, new QuantizedFormat(4, 32), TensorType.F32)), Error(row, Back(row, new QuantizedFormat(4, 32), TensorType.BF16)));
        Assert.InRange(half / exact, 0.98, 1.02);
    }

    private static float[] Noise(int length)
    {
        var random = new Random(length);
        return [.. Enumerable.Range(0, length).Select(_ => (float)(random.NextDouble() + random.NextDouble() - 1))];
    }

    // Root of the mean squared difference.
    private static double Error(float[] expected, float[] actual) => Math.Sqrt(expected.Zip(actual).Average(p => Math.Pow(p.First - p.Second, 2)));

    private static float[] Back(float[] row, QuantizedFormat format, TensorType scaleType)
    {
        var blocks = (row.Length + format.Block - 1) / format.Block;
        var (codes, scales, zeros) = (new byte[blocks * format.BlockBytes], new float[blocks], new byte[(blocks * format.Bits + 7) / 8]);
        Assert.True(new BlockQuantizer(format, scaleType).Quantize(row, codes, scales, zeros));
        return [.. row.Select((_, i) => (Code(codes, i, format.Bits) - Code(zeros, i / format.Block, format.Bits)) * scales[i / format.Block])];
    }

    private static int Code(byte[] packed, int index, int bits) => bits == 8 ? packed[index] : packed[index / 2] >> (4 * (index & 1)) & 15;
}
