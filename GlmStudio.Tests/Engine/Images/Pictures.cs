using System.Buffers.Binary;
using System.IO.Compression;
using GlmStudio.Engine;
using GlmStudio.Engine.Images;

namespace GlmStudio.Tests.Engine.Images;

/// <summary>Fixture files and pictures made in code.</summary>
internal static class Pictures
{
    /// <summary>The four colours of the "quarters" fixtures: top left, top right, bottom left, bottom right.</summary>
    public static readonly (int R, int G, int B)[] Quarters = [(220, 30, 30), (30, 200, 40), (30, 40, 210), (250, 250, 250)];

    public static byte[] File(string name) =>
        System.IO.File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Fixtures", "Images", name));

    public static RgbImage Read(byte[] file, int page = 0)
    {
        using var reader = new ImageReader(new ImageLimits());
        return reader.Read(file, page, TestContext.Current.CancellationToken);
    }

    public static EngineException Refused(byte[] file, ImageLimits? limits = null, int page = 0)
    {
        using var reader = new ImageReader(limits ?? new ImageLimits());
        return Assert.Throws<EngineException>(() => reader.Read(file, page, TestContext.Current.CancellationToken));
    }

    public static (int R, int G, int B) Pixel(RgbImage image, int x, int y)
    {
        var at = (y * image.Width + x) * 3;
        return (image.Pixels[at], image.Pixels[at + 1], image.Pixels[at + 2]);
    }

    public static void AssertNear((int R, int G, int B) expected, (int R, int G, int B) actual, int tolerance)
    {
        int[] differences = [expected.R - actual.R, expected.G - actual.G, expected.B - actual.B];
        var difference = differences.Max(Math.Abs);
        Assert.True(difference <= tolerance, $"expected {expected} ± {tolerance}, got {actual}");
    }

    public static void AssertQuarters(RgbImage image, int tolerance)
    {
        int x = image.Width / 4, y = image.Height / 4;
        AssertNear(Quarters[0], Pixel(image, x, y), tolerance);
        AssertNear(Quarters[1], Pixel(image, x * 3, y), tolerance);
        AssertNear(Quarters[2], Pixel(image, x, y * 3), tolerance);
        AssertNear(Quarters[3], Pixel(image, x * 3, y * 3), tolerance);
    }

    /// <summary>A picture with noise, edges and flat parts, the same for the same seed.</summary>
    public static RgbImage Noise(int width, int height, int seed)
    {
        var pixels = new byte[width * height * 3];
        new Random(seed).NextBytes(pixels);
        for (var i = 0; i < pixels.Length; i += 2) pixels[i] = (byte)(i / 64 % 2 * 255);
        return new RgbImage(width, height, pixels);
    }

    /// <summary>A PNG that announces any size and holds one row's worth of zeros at most.</summary>
    public static byte[] PngAnnouncing(int width, int height)
    {
        using var file = new MemoryStream();
        file.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 2);
        WriteChunk(file, "IHDR"u8, header);
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true)) zlib.Write(new byte[1000]);
        WriteChunk(file, "IDAT"u8, packed.ToArray());
        WriteChunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    private static void WriteChunk(MemoryStream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(type);
        file.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc([.. type, .. data]));
        file.Write(number);
    }

    private static uint Crc(byte[] data)
    {
        var crc = uint.MaxValue;
        foreach (var b in data)
        {
            crc ^= b;
            for (var k = 0; k < 8; k++) crc = (crc & 1) != 0 ? crc >> 1 ^ 0xEDB88320 : crc >> 1;
        }
        return ~crc;
    }
}
