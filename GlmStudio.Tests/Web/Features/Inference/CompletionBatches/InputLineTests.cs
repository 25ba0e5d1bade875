using System.Text;
using GlmStudio.Web.Features.Inference.CompletionBatches.Running;

namespace GlmStudio.Tests.Web.Features.Inference.CompletionBatches;

public sealed class InputLineTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("a", "1:0:a")]
    [InlineData("a\n", "1:0:a")]
    [InlineData("a\r\nb", "1:0:a 2:3:b")]
    [InlineData("\n\n a \n", "3:2: a")]
    [InlineData("\uFEFFa\nb", "1:3:a 2:5:b")]
    [InlineData("小\n票", "1:0:小 2:4:票")]
    public async Task Read_Lines_KnowTheirNumberAndPlace(string text, string expected) => Assert.Equal(expected, await ReadAsync(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public async Task Read_LinesLongerThanTheBuffer_AreWhole()
    {
        var lines = Enumerable.Range(0, 5).Select(i => new string((char)('a' + i), 100_000 + i)).ToList();
        var bytes = Encoding.UTF8.GetBytes(string.Join('\n', lines));
        using var file = new MemoryStream(bytes);
        var found = new List<string>();
        await foreach (var line in InputLine.ReadAsync(file, TestContext.Current.CancellationToken))
        {
            Assert.Equal(line.Bytes, bytes.AsSpan((int)line.Offset, line.Bytes.Length));
            found.Add(Encoding.UTF8.GetString(line.Bytes));
        }
        Assert.Equal(lines, found);
    }

    private static async Task<string> ReadAsync(byte[] bytes)
    {
        using var file = new MemoryStream(bytes);
        var found = new List<string>();
        await foreach (var line in InputLine.ReadAsync(file, TestContext.Current.CancellationToken)) found.Add($"{line.Number}:{line.Offset}:{Encoding.UTF8.GetString(line.Bytes)}");
        return string.Join(' ', found);
    }
}
