using GlmStudio.Engine;
using GlmStudio.Engine.Images;
using GlmStudio.Engine.Transcription;

namespace GlmStudio.Tests.Engine.Transcription;

public sealed class PageReaderTests(ReaderFixture reader) : IClassFixture<ReaderFixture>
{
    [Theory]
    [InlineData(8, 8)]
    [InlineData(1, 1)]
    [InlineData(3000, 10)]
    [InlineData(10, 3000)]
    [InlineData(640, 480)]
    public void Read_BlankPage_HasNoLines(int width, int height)
    {
        var transcript = reader.Value.Read(Blank(width, height), TestContext.Current.CancellationToken);

        Assert.Equal((width, height), (transcript.Width, transcript.Height));
        Assert.Empty(transcript.Lines);
    }

    [Fact]
    public void Read_Cancelled_Stops() =>
        Assert.ThrowsAny<OperationCanceledException>(() => reader.Value.Read(Blank(100, 100), new CancellationToken(true)));

    [Fact]
    public void Read_ModelsMissing_NamesTheMissingFile()
    {
        using var homeless = new PageReader(Path.Combine(AppContext.BaseDirectory, "nowhere"));

        var fault = Assert.Throws<EngineException>(() => homeless.Read(Blank(10, 10), TestContext.Current.CancellationToken));

        Assert.Equal(EngineFault.BadCheckpoint, fault.Fault);
        Assert.Contains("ppocr_keys_v1.txt", fault.Message, StringComparison.Ordinal);
    }

    private static RgbImage Blank(int width, int height)
    {
        var pixels = new byte[width * height * 3];
        Array.Fill(pixels, (byte)255);
        return new RgbImage(width, height, pixels);
    }
}

public sealed class ReaderFixture : IDisposable
{
    public PageReader Value { get; } = new(PageReader.DefaultModelFolder);

    public void Dispose() => Value.Dispose();
}
