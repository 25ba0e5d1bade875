using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using GlmStudio.Engine.Images;

namespace GlmStudio.Engine.Model;

/// <summary>A picture as the vision tower takes it: the bytes of its patches in merge order. The network itself makes numbers of them and repeats them for every frame.</summary>
/// <param name="Bytes">[patches, channels × patch × patch], 0 … 255.</param>
/// <param name="Grid">Patches, vertically and horizontally.</param>
internal sealed record PatchPixels(byte[] Bytes, PatchGrid Grid)
{
    // No place of a vector: gives 0.
    private const byte N = 255;

    public static PatchPixels Of(RgbImage image, PreprocessorConfig config)
    {
        var (height, width) = SmartResize.Of(image.Height, image.Width, config);
        var grid = new PatchGrid(height / config.PatchSize, width / config.PatchSize);
        var length = 3 * config.PatchSize * config.PatchSize;
        var bytes = PixelMemory.Shared.Take(checked(grid.Count * length));
        var (row, places) = (length * grid.Width, PlacesOf(grid, config.MergeSize));
        // A row of squares of patches is cut as soon as it is resized: it lies in the processor's cache, and nowhere else.
        ImageResize.InBands(image, width, height, config.PatchSize * config.MergeSize, ResizeReference.Torchvision,
            (top, pixels) => Cut(pixels, places, grid.Width, config.PatchSize, bytes.AsSpan(top / config.PatchSize * row, config.MergeSize * row)));
        return new PatchPixels(bytes, grid);
    }

    // Where each patch of a row of squares stands among them, the upper patches from left to right first.
    private static int[] PlacesOf(PatchGrid grid, int mergeSize)
    {
        var places = new int[mergeSize * grid.Width];
        foreach (var (place, (row, column)) in new PatchGrid(mergeSize, grid.Width).MergeOrder(mergeSize).Index()) places[row * grid.Width + column] = place;
        return places;
    }

    // Order within a patch: channel, row, column.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Cut(ReadOnlySpan<byte> pixels, ReadOnlySpan<int> places, int columns, int side, Span<byte> patches)
    {
        var (width, area) = (columns * side, side * side);
        var colours = ArrayPool<byte>.Shared.Rent(3 * width);
        Span<byte> red = colours.AsSpan(0, width), green = colours.AsSpan(width, width), blue = colours.AsSpan(2 * width, width);
        for (var y = 0; y * 3 * width < pixels.Length; y++)
        {
            Split(pixels.Slice(y * 3 * width, 3 * width), red, green, blue);
            var upper = places.Slice(y / side * columns, columns);
            for (var column = 0; column < columns; column++)
            {
                var patch = patches.Slice(upper[column] * 3 * area, 3 * area)[(y % side * side)..];
                Copy(red.Slice(column * side, side), patch);
                Copy(green.Slice(column * side, side), patch[area..]);
                Copy(blue.Slice(column * side, side), patch[(2 * area)..]);
            }
        }
        ArrayPool<byte>.Shared.Return(colours);
    }

    // The usual sides are two words that overlap: less than a call.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Copy(ReadOnlySpan<byte> from, Span<byte> to)
    {
        const int Word = sizeof(ulong);
        if (from.Length is < Word or > 2 * Word)
        {
            from.CopyTo(to);
            return;
        }
        MemoryMarshal.Write(to, MemoryMarshal.Read<ulong>(from));
        MemoryMarshal.Write(to[(from.Length - Word)..], MemoryMarshal.Read<ulong>(from[(from.Length - Word)..]));
    }

    // Sixteen pixels are three vectors, each of which has every third byte of a colour.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Split(ReadOnlySpan<byte> pixels, Span<byte> red, Span<byte> green, Span<byte> blue)
    {
        var size = Vector128<byte>.Count;
        var x = 0;
        for (; x + size <= red.Length; x += size)
        {
            var three = pixels.Slice(3 * x, 3 * size);
            Vector128<byte> a = Vector128.Create(three[..size]), b = Vector128.Create(three.Slice(size, size)), c = Vector128.Create(three[(2 * size)..]);
            (Vector128.Shuffle(a, Vector128.Create(0, 3, 6, 9, 12, 15, N, N, N, N, N, N, N, N, N, N)) | Vector128.Shuffle(b, Vector128.Create(N, N, N, N, N, N, 2, 5, 8, 11, 14, N, N, N, N, N))
                | Vector128.Shuffle(c, Vector128.Create(N, N, N, N, N, N, N, N, N, N, N, 1, 4, 7, 10, 13))).CopyTo(red[x..]);
            (Vector128.Shuffle(a, Vector128.Create(1, 4, 7, 10, 13, N, N, N, N, N, N, N, N, N, N, N)) | Vector128.Shuffle(b, Vector128.Create(N, N, N, N, N, 0, 3, 6, 9, 12, 15, N, N, N, N, N))
                | Vector128.Shuffle(c, Vector128.Create(N, N, N, N, N, N, N, N, N, N, N, 2, 5, 8, 11, 14))).CopyTo(green[x..]);
            (Vector128.Shuffle(a, Vector128.Create(2, 5, 8, 11, 14, N, N, N, N, N, N, N, N, N, N, N)) | Vector128.Shuffle(b, Vector128.Create(N, N, N, N, N, 1, 4, 7, 10, 13, N, N, N, N, N, N))
                | Vector128.Shuffle(c, Vector128.Create(N, N, N, N, N, N, N, N, N, N, 0, 3, 6, 9, 12, 15))).CopyTo(blue[x..]);
        }
        for (var i = 3 * x; x < red.Length; x++, i += 3) (red[x], green[x], blue[x]) = (pixels[i], pixels[i + 1], pixels[i + 2]);
    }
}
