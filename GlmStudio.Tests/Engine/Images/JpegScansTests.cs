using GlmStudio.Engine.Images;
using static GlmStudio.Tests.Engine.Images.Pictures;

namespace GlmStudio.Tests.Engine.Images;

public sealed class JpegScansTests
{
    [Theory]
    [InlineData("gray.jpg", 1)]
    [InlineData("exif-6.jpg", 1)]
    [InlineData("progressive.jpg", 10)]
    public void Count_OrdinaryFile_IsExact(string name, int expected) => Assert.Equal(expected, JpegScans.Count(File(name), 100));

    [Fact]
    public void Count_MoreThanTheLimit_StopsBehindIt() =>
        Assert.Equal(33, JpegScans.Count(JpegFiles.WithScans(File("progressive.jpg"), 694), 32));

    [Fact]
    public void Count_ScansBehindTheEndMarker_AreNotCounted() =>
        Assert.Equal(1, JpegScans.Count([.. File("gray.jpg"), .. Enumerable.Repeat<byte[]>([0xFF, 0xDA, 0, 2], 50).SelectMany(b =>
            b)], 100));

    [Fact]
    public void Count_ThumbnailInsideMetadata_IsNotCounted()
    {
        byte[] thumbnail = File("gray.jpg");
        var length = thumbnail.Length + 2;
        byte[] file = [0xFF, 0xD8, 0xFF, 0xE1, (byte)(length >> 8), (byte)length, .. thumbnail, .. File("gray.jpg")[2..]];
        Assert.Equal(1, JpegScans.Count(file, 100));
    }

    [Fact]
    public void Count_ScansHiddenBehindAnUnknownMarker_AreCounted()
    {
        // Within a scan libjpeg passes over a reserved marker without its length; what "lies inside" is decoded.
        byte[] file = [0xFF, 0xD8, 0xFF, 0xDA, 0, 2, 1, 2, 0xFF, 0x02, 0xFF, 0xFF, 0xFF, 0xDA, 0, 2, 3, 0xFF, 0xDA, 0, 2, 0xFF, 0xD9];
        Assert.Equal(3, JpegScans.Count(file, 100));
    }

    [Theory]
    [InlineData(new byte[] { })]
    [InlineData(new byte[] { 0xFF, 0xD8, 0xFF })]
    [InlineData(new byte[] { 0xFF, 0xD8, 0xFF, 0xE0, 0xFF })]
    [InlineData(new byte[] { 0xFF, 0xD8, 0xFF, 0xE0, 0xFF, 0xFF, 0xFF, 0xFF })]
    public void Count_CutShort_EndsQuietly(byte[] file) => Assert.Equal(0, JpegScans.Count(file, 100));
}
