using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace GlmStudio.Web.Features.Inference.CompletionBatches.Running;

/// <summary>A line of an input file and where it is.</summary>
/// <param name="Number">From 1; blank lines are counted and not told.</param>
internal sealed record InputLine(int Number, long Offset, byte[] Bytes)
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    public static async IAsyncEnumerable<InputLine> ReadAsync(Stream file, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var reader = PipeReader.Create(file, new StreamPipeReaderOptions(bufferSize: 1 << 16, leaveOpen: true));
        var (number, offset) = (0, 0L);
        while (true)
        {
            var read = await reader.ReadAsync(cancellation);
            var rest = read.Buffer;
            while (Cut(ref rest, read.IsCompleted) is { } bytes)
            {
                if (Trim(++number, offset, bytes) is { } line) yield return line;
                offset += bytes.Length;
            }
            reader.AdvanceTo(rest.Start, rest.End);
            if (read.IsCompleted) break;
        }
        await reader.CompleteAsync();
    }

    /// <summary>Takes the next line with its end off the buffer; null where it is not all there yet.</summary>
    private static byte[]? Cut(ref ReadOnlySequence<byte> rest, bool isLast)
    {
        var end = rest.PositionOf((byte)'\n') is { } at ? rest.GetPosition(1, at) : rest.End;
        if (rest.IsEmpty || (end.Equals(rest.End) && !isLast && rest.PositionOf((byte)'\n') is null)) return null;
        var line = rest.Slice(0, end).ToArray();
        rest = rest.Slice(end);
        return line;
    }

    private static InputLine? Trim(int number, long offset, byte[] bytes)
    {
        var mark = number == 1 && bytes.AsSpan().StartsWith(ByteOrderMark) ? ByteOrderMark.Length : 0;
        var line = bytes.AsSpan(mark).TrimEnd((ReadOnlySpan<byte>)" \t\r\n"u8);
        return line.IsEmpty ? null : new InputLine(number, offset + mark, line.ToArray());
    }
}
