namespace GlmStudio.Tests.Engine.Images;

/// <summary>JPEG files taken apart and put together again.</summary>
internal static class JpegFiles
{
    /// <summary>The same file with its last scan repeated until there are so many.</summary>
    public static byte[] WithScans(byte[] jpeg, int scans)
    {
        var starts = Scans(jpeg);
        var end = jpeg.Length - 2;
        var last = jpeg[starts[^1]..end];
        return [.. jpeg[..end], .. Enumerable.Repeat(last, scans - starts.Count).SelectMany(s => s), 0xFF, 0xD9];
    }

    /// <summary>Where the scans of a small file start.</summary>
    public static List<int> Scans(byte[] jpeg) =>
        [.. Enumerable.Range(0, jpeg.Length - 1).Where(i => jpeg[i] == 0xFF && jpeg[i + 1] == 0xDA)];
}
