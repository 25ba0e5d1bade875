namespace GlmStudio.Engine.Images.Bmp;

/// <summary>Unpacks run-length coded bitmaps into one colour index a pixel.</summary>
internal static class BmpRle
{
    private const byte EndOfLine = 0, EndOfBitmap = 1, Delta = 2;

    /// <summary>Rows from the bottom up, as they are stored. Pixels that the runs pass over stay 0; runs beyond a row's end are
    /// dropped.</summary>
    public static byte[] Unpack(ReadOnlySpan<byte> data, int width, int height, bool nibbles)
    {
        var indices = new byte[width * height];
        int x = 0, y = 0, at = 0;
        while (y < height)
        {
            if (at + 2 > data.Length) throw BmpHeader.Damaged("its runs end early");
            int count = data[at++], value = data[at++];
            if (count > 0) Repeat(count, value);
            else if (value == EndOfLine) (x, y) = (0, y + 1);
            else if (value == EndOfBitmap) break;
            else if (value == Delta) Move(data);
            else Literal(data, value);
        }
        return indices;

        void Put(int index)
        {
            if (x < width && y < height) indices[y * width + x] = (byte)index;
            if (x < width) x++;
        }

        void Repeat(int count, int value)
        {
            for (var i = 0; i < count; i++) Put(nibbles ? i % 2 == 0 ? value >> 4 : value & 15 : value);
        }

        void Move(ReadOnlySpan<byte> source)
        {
            if (at + 2 > source.Length) throw BmpHeader.Damaged("its runs end early");
            (x, y) = (Math.Min(width, x + source[at]), y + source[at + 1]);
            at += 2;
        }

        void Literal(ReadOnlySpan<byte> source, int count)
        {
            var bytes = nibbles ? (count + 1) / 2 : count;
            if (at + bytes > source.Length) throw BmpHeader.Damaged("its runs end early");
            for (var i = 0; i < count; i++) Put(!nibbles ? source[at + i] : i % 2 == 0 ? source[at + i / 2] >> 4 : source[at + i / 2] & 15);
            at += (bytes + 1) / 2 * 2;   // padded to a whole word
        }
    }
}
