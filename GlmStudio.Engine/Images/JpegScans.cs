namespace GlmStudio.Engine.Images;

/// <summary>Counts the scans of a JPEG before anything decodes it: libjpeg reads every scan over all pixels before the first row comes out,
/// and nothing can stop it there.</summary>
internal static class JpegScans
{
    private const byte Soi = 0xD8, Eoi = 0xD9, Sos = 0xDA;

    /// <summary>Scans up to the end marker, at most <paramref name="limit"/> + 1. Never fewer than the decoder would read.</summary>
    public static int Count(ReadOnlySpan<byte> jpeg, int limit)
    {
        var scans = 0;
        for (var at = NextMarker(jpeg, 2); at < jpeg.Length && scans <= limit; at = NextMarker(jpeg, at))
        {
            var marker = jpeg[at++];
            if (marker == Eoi) break;
            if (marker == Sos) scans++;
            if (HasLength(marker)) at += at + 2 <= jpeg.Length ? jpeg[at] << 8 | jpeg[at + 1] : 2;
        }
        return scans;
    }

    // The position of the next marker's code: bytes between segments, stuffed zeros and restart markers are passed over as libjpeg does.
    private static int NextMarker(ReadOnlySpan<byte> jpeg, int at)
    {
        while (at < jpeg.Length)
        {
            var found = jpeg[at..].IndexOf((byte)0xFF);
            if (found < 0) break;
            at += found + 1;
            while (at < jpeg.Length && jpeg[at] == 0xFF) at++;
            if (at < jpeg.Length && jpeg[at] is not 0 and not (>= 0xD0 and <= 0xD7)) return at;
        }
        return jpeg.Length;
    }

    // Only markers whose segment libjpeg skips or reads by its length. An unknown one must not hide the scans behind it.
    private static bool HasLength(byte marker) => marker is >= 0xC0 and not Soi and not Eoi and (<= 0xEF or 0xFE);
}
