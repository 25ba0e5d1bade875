using System.Buffers.Binary;

namespace GlmStudio.Engine.Images.Bmp;

/// <summary>The parts of a Windows bitmap's headers that decoding needs.</summary>
internal readonly record struct BmpHeader(int Width, int Height, bool TopDown, int Bits, BmpCompression Compression, int PixelOffset)
{
    /// <summary>Where the colour table starts, its entries, and an entry's size: 3 bytes in the oldest header, else 4.</summary>
    public (int Offset, int Count, int EntrySize) Palette { get; init; }

    /// <summary>Which bits of a 16 or 32 bit pixel are red, green, blue and alpha.</summary>
    public (uint Red, uint Green, uint Blue, uint Alpha) Masks { get; init; }

    /// <summary>Bytes of an uncompressed row, which is padded to four.</summary>
    public long Stride => ((long)Width * Bits + 31) / 32 * 4;

    /// <exception cref="EngineException">Damaged, or a variant that is not read.</exception>
    public static BmpHeader Parse(ReadOnlySpan<byte> file)
    {
        if (file.Length < 26) throw Damaged($"{file.Length} bytes");
        var size = Int32(file, 14);
        if (file.Length < 14 + size) throw Damaged("its header is cut short");
        var header = size == 12 ? ParseOldest(file) : ParseInfo(file, size);
        if (header.Width < 1 || header.Height < 1) throw Damaged($"{header.Width} × {header.Height} pixels");
        if (header.PixelOffset < 14 + size || header.PixelOffset > file.Length) throw Damaged("its pixels start outside the file");
        return header.IsSupported ? header : throw ImageFaults.Unreadable(
            $"This BMP has {header.Bits} bits a pixel with compression {(int)header.Compression}, which is not read. Save it as PNG.");
    }

    public static EngineException Damaged(string detail) => ImageFaults.Damaged(ImageFormat.Bmp, detail);

    private bool IsSupported => (Bits, Compression) switch
    {
        (1 or 4 or 8 or 16 or 24 or 32, BmpCompression.None) => true,
        (8, BmpCompression.Rle8) or (4, BmpCompression.Rle4) => !TopDown,
        (16 or 32, BmpCompression.BitFields or BmpCompression.AlphaBitFields) => true,
        _ => false,
    };

    private static BmpHeader ParseOldest(ReadOnlySpan<byte> file)
    {
        int bits = UInt16(file, 24);
        return new BmpHeader(UInt16(file, 18), UInt16(file, 20), false, bits, BmpCompression.None, Int32(file, 10))
        {
            Palette = (26, bits <= 8 ? 1 << bits : 0, 3), Masks = DefaultMasks(bits),
        };
    }

    private static BmpHeader ParseInfo(ReadOnlySpan<byte> file, int size)
    {
        if (size < 40) throw Damaged($"a header of {size} bytes");
        int height = Int32(file, 22), bits = UInt16(file, 28), used = Int32(file, 46);
        if (height == int.MinValue) throw Damaged("its height is out of range");
        var compression = (BmpCompression)Int32(file, 30);
        var fields = compression is BmpCompression.BitFields or BmpCompression.AlphaBitFields;
        // Only the 40-byte header has its masks behind it; larger ones contain them.
        var masksBehind = !fields || size > 40 ? 0 : compression is BmpCompression.AlphaBitFields ? 16 : 12;
        if (file.Length < 14 + size + masksBehind) throw Damaged("its colour masks are cut short");
        var most = bits <= 8 ? 1 << bits : 0;
        return new BmpHeader(Int32(file, 18), Math.Abs(height), height < 0, bits, compression, Int32(file, 10))
        {
            Palette = (14 + size + masksBehind, used > 0 && used < most ? used : most, 4),
            Masks = fields ? ReadMasks(file, withAlpha: size >= 56 || masksBehind == 16) : DefaultMasks(bits),
        };
    }

    private static (uint, uint, uint, uint) ReadMasks(ReadOnlySpan<byte> file, bool withAlpha) =>
        ((uint)Int32(file, 54), (uint)Int32(file, 58), (uint)Int32(file, 62), withAlpha ? (uint)Int32(file, 66) : 0);

    private static (uint, uint, uint, uint) DefaultMasks(int bits) =>
        bits == 16 ? (0x7C00u, 0x03E0u, 0x001Fu, 0u) : (0xFF0000u, 0xFF00u, 0xFFu, 0u);

    private static int Int32(ReadOnlySpan<byte> file, int offset) => BinaryPrimitives.ReadInt32LittleEndian(file[offset..]);

    private static ushort UInt16(ReadOnlySpan<byte> file, int offset) => BinaryPrimitives.ReadUInt16LittleEndian(file[offset..]);
}

/// <summary>How a bitmap's pixels are stored.</summary>
internal enum BmpCompression
{
    None = 0,
    Rle8 = 1,
    Rle4 = 2,
    BitFields = 3,
    AlphaBitFields = 6,
}
