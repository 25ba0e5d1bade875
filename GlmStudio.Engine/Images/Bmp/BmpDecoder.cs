using System.Buffers.Binary;
using System.Numerics;

namespace GlmStudio.Engine.Images.Bmp;

/// <summary>Reads Windows bitmaps of 1, 4, 8, 16, 24 and 32 bits, run-length coded or with colour masks. libvips reads none of
/// them.</summary>
internal static class BmpDecoder
{
    public static ImageHeader Probe(ReadOnlySpan<byte> file)
    {
        var header = BmpHeader.Parse(file);
        return new ImageHeader(ImageFormat.Bmp, header.Width, header.Height, 1);
    }

    public static RgbImage Read(ReadOnlySpan<byte> file, Deadline deadline)
    {
        var header = BmpHeader.Parse(file);
        var packed = header.Compression is BmpCompression.Rle8 or BmpCompression.Rle4;
        var data = file[header.PixelOffset..];
        if (packed)
        {
            data = BmpRle.Unpack(data, header.Width, header.Height, header.Compression is BmpCompression.Rle4);
            header = header with { Bits = 8 };
        }
        long stride = packed ? header.Width : header.Stride, needed = stride * header.Height;
        if (data.Length < needed) throw BmpHeader.Damaged($"its pixels need {needed} bytes and {data.Length} are there");

        var pixels = RgbImage.Allocate(header.Width, header.Height);
        var palette = ReadPalette(file, header.Palette);
        var masks = new PixelMasks(header.Masks, data, header.Bits);
        for (var y = 0; y < header.Height; y++)
        {
            if (y % 256 == 0) deadline.ThrowIfPassed();
            var row = data.Slice((int)((header.TopDown ? y : header.Height - 1 - y) * stride), (int)stride);
            var target = pixels.AsSpan(y * header.Width * 3, header.Width * 3);
            if (header.Bits <= 8) FromPalette(row, header.Bits, palette, target);
            else if (header.Bits == 24) FromBgr(row, target);
            else masks.Convert(row, header.Bits, target);
        }
        return new RgbImage(header.Width, header.Height, pixels);
    }

    // 256 RGB entries; those the file does not give are black.
    private static byte[] ReadPalette(ReadOnlySpan<byte> file, (int Offset, int Count, int EntrySize) table)
    {
        var palette = new byte[256 * 3];
        for (var i = 0; i < table.Count; i++)
        {
            var at = table.Offset + i * table.EntrySize;
            if (at + 3 > file.Length) break;
            (palette[i * 3], palette[i * 3 + 1], palette[i * 3 + 2]) = (file[at + 2], file[at + 1], file[at]);
        }
        return palette;
    }

    private static void FromPalette(ReadOnlySpan<byte> row, int bits, byte[] palette, Span<byte> target)
    {
        int perByte = 8 / bits, mask = (1 << bits) - 1;
        for (int x = 0, i = 0; i < target.Length; x++, i += 3)
        {
            var index = row[x / perByte] >> (perByte - 1 - x % perByte) * bits & mask;
            palette.AsSpan(index * 3, 3).CopyTo(target[i..]);
        }
    }

    private static void FromBgr(ReadOnlySpan<byte> row, Span<byte> target)
    {
        for (var i = 0; i < target.Length; i += 3) (target[i], target[i + 1], target[i + 2]) = (row[i + 2], row[i + 1], row[i]);
    }

    /// <summary>Pixels whose channels lie under bit masks; alpha goes over white.</summary>
    private readonly ref struct PixelMasks
    {
        private readonly (uint Red, uint Green, uint Blue, uint Alpha) _masks;

        public PixelMasks((uint Red, uint Green, uint Blue, uint Alpha) masks, ReadOnlySpan<byte> data, int bits) =>
            _masks = bits > 8 && masks.Alpha != 0 && IsEmpty(data, bits, masks.Alpha) ? masks with { Alpha = 0 } : masks;

        public void Convert(ReadOnlySpan<byte> row, int bits, Span<byte> target)
        {
            for (int i = 0, at = 0; i < target.Length; i += 3, at += bits / 8)
            {
                var pixel = Pixel(row, at, bits);
                var alpha = _masks.Alpha == 0 ? 255 : Channel(pixel, _masks.Alpha);
                target[i] = OverWhite(Channel(pixel, _masks.Red), alpha);
                target[i + 1] = OverWhite(Channel(pixel, _masks.Green), alpha);
                target[i + 2] = OverWhite(Channel(pixel, _masks.Blue), alpha);
            }
        }

        // Many programs declare an alpha mask and write nothing into it: such a picture is opaque, not invisible.
        private static bool IsEmpty(ReadOnlySpan<byte> data, int bits, uint alpha)
        {
            for (var at = 0; at + bits / 8 <= data.Length; at += bits / 8)
                if ((Pixel(data, at, bits) & alpha) != 0) return false;
            return true;
        }

        private static uint Pixel(ReadOnlySpan<byte> row, int at, int bits) =>
            bits == 16 ? BinaryPrimitives.ReadUInt16LittleEndian(row[at..]) : BinaryPrimitives.ReadUInt32LittleEndian(row[at..]);

        private static int Channel(uint pixel, uint mask)
        {
            if (mask == 0) return 0;
            var shift = BitOperations.TrailingZeroCount(mask);
            ulong most = mask >> shift, value = (pixel & mask) >> shift;
            return (int)((value * 255 + most / 2) / most);
        }

        private static byte OverWhite(int value, int alpha) => (byte)((value * alpha + 255 * (255 - alpha) + 127) / 255);
    }
}
