using System.Buffers.Binary;
using GlmStudio.Engine;
using GlmStudio.Engine.Images;
using static GlmStudio.Tests.Engine.Images.Pictures;

namespace GlmStudio.Tests.Engine.Images;

public sealed class BmpDecoderTests
{
    private static readonly byte[] BlackAndRed = [0, 0, 0, 0, 10, 20, 200, 0];   // colour table entries are B, G, R, 0

    [Fact]
    public void Read_OneBit_TakesTheHighestBitFirst()
    {
        var image = Read(Bmp(9, 1, 1, 0, BlackAndRed, [0b0100_0000, 0b1000_0000, 0, 0]));
        Assert.Equal((0, 0, 0), Pixel(image, 0, 0));
        Assert.Equal((200, 20, 10), Pixel(image, 1, 0));
        Assert.Equal((200, 20, 10), Pixel(image, 8, 0));
    }

    [Fact]
    public void Read_FourBits_TakesTheHighNibbleFirst()
    {
        var image = Read(Bmp(2, 1, 4, 0, BlackAndRed, [0x10, 0, 0, 0]));
        Assert.Equal(((200, 20, 10), (0, 0, 0)), (Pixel(image, 0, 0), Pixel(image, 1, 0)));
    }

    [Theory]
    [InlineData(2, 200)]   // rows are stored from the bottom
    [InlineData(-2, 0)]    // a negative height: from the top
    public void Read_RowOrder_FollowsTheSignOfTheHeight(int height, int topRed) =>
        Assert.Equal(topRed, Pixel(Read(Bmp(1, height, 8, 0, BlackAndRed, [0, 0, 0, 0, 1, 0, 0, 0])), 0, 0).R);

    [Fact]
    public void Read_SixteenBits_AreFiveEach() =>
        Assert.Equal((255, 132, 0), Pixel(Read(Bmp(1, 1, 16, 0, [], [0x00, 0x7E, 0, 0])), 0, 0));

    [Fact]
    public void Read_SixteenBitFields_FollowTheMasks()
    {
        byte[] masks = [0, 0xF8, 0, 0, 0xE0, 7, 0, 0, 0x1F, 0, 0, 0];   // 5-6-5
        Assert.Equal((255, 0, 255), Pixel(Read(Bmp(1, 1, 16, 3, masks, [0x1F, 0xF8, 0, 0])), 0, 0));
    }

    [Fact]
    public void Read_ThirtyTwoBits_IgnoresTheFourthByte() =>
        Assert.Equal((3, 2, 1), Pixel(Read(Bmp(1, 1, 32, 0, [], [1, 2, 3, 0])), 0, 0));

    [Theory]
    [InlineData(128, 127)]   // half transparent black over white
    [InlineData(0, 0)]       // no pixel has any alpha: the program meant opaque
    public void Read_AlphaMask_LiesOverWhite(byte alpha, int expected)
    {
        byte[] masks = [0, 0, 0xFF, 0, 0, 0xFF, 0, 0, 0xFF, 0, 0, 0, 0, 0, 0, 0xFF];
        Assert.Equal((expected, expected, expected), Pixel(Read(Bmp(1, 1, 32, 6, masks, [0, 0, 0, alpha])), 0, 0));
    }

    [Fact]
    public void Read_RunLengthCoded_FollowsRunsLiteralsAndJumps()
    {
        // bottom row: two red; literal black red black (padded); next row: jump one to the right, one red; end.
        byte[] runs = [2, 1, 0, 3, 0, 1, 0, 0, 0, 0, 0, 2, 1, 0, 1, 1, 0, 1];
        var image = Read(Bmp(5, 2, 8, 1, BlackAndRed, runs));
        Assert.Equal([200, 200, 0, 200, 0], Enumerable.Range(0, 5).Select(x => Pixel(image, x, 1).R));
        Assert.Equal([0, 200, 0, 0, 0], Enumerable.Range(0, 5).Select(x => Pixel(image, x, 0).R));
    }

    [Fact]
    public void Read_RunLengthCodedNibbles_Alternate()
    {
        var image = Read(Bmp(5, 1, 4, 2, BlackAndRed, [5, 0x10, 0, 1]));
        Assert.Equal([200, 0, 200, 0, 200], Enumerable.Range(0, 5).Select(x => Pixel(image, x, 0).R));
    }

    [Theory]
    [InlineData(2, 0)]
    [InlineData(64, 0)]
    [InlineData(24, 4)]
    public void Read_UnknownVariant_SaysSo(int bits, int compression) =>
        Assert.Contains("Save it as PNG", Refused(Bmp(4, 4, bits, compression, [], new byte[200])).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(-1, 1)]
    [InlineData(1, 0)]
    [InlineData(1, int.MinValue)]
    public void Read_NoSize_IsDamaged(int width, int height) =>
        Assert.Equal(EngineFault.UnreadableImage, Refused(Bmp(width, height, 24, 0, [], new byte[8])).Fault);

    [Fact]
    public void Read_EndlessRowsInFewRuns_IsBoundedByThePixelLimit() =>
        Assert.Equal(EngineFault.ImageTooLarge, Refused(Bmp(32_000, 32_000, 8, 1, BlackAndRed, [0, 1])).Fault);

    /// <summary>A bitmap with the 40-byte header; masks or colour table behind it, then the pixels.</summary>
    private static byte[] Bmp(int width, int height, int bits, int compression, byte[] table, byte[] pixels)
    {
        var header = new byte[54];
        (header[0], header[1], header[14], header[26]) = ((byte)'B', (byte)'M', 40, 1);
        (header[28], header[30]) = ((byte)bits, (byte)compression);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(10), 54 + table.Length);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(18), width);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(22), height);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(46), bits <= 8 ? table.Length / 4 : 0);
        return [.. header, .. table, .. pixels];
    }
}
