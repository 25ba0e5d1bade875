using GlmStudio.Engine.Model;
using GlmStudio.Engine.Sessions;
using GlmStudio.Tests.Parity;

namespace GlmStudio.Tests.Engine.Sessions;

public sealed class VisionSessionTests
{
    private const double Close = 1e-4;

    // "page" lies once upright and once on its side: other grids, equally many patches.
    [Theory]
    [InlineData("glm4v-11")]
    [InlineData("glm_ocr-11")]
    public void Encode_ThreeImagesOfEqualPatches_GivesEachTheFeaturesOfItsOwnRun(string model)
    {
        var reference = ReferenceModel.Open(model);
        using var checkpoint = reference.OpenWeights(TestContext.Current.CancellationToken);
        var config = GlmConfig.Read(checkpoint).Vision;
        using var vision = new VisionSession(checkpoint, config, new OnnxSettings(Threads: 2));
        var (upright, side) = (new PatchGrid(28, 36), new PatchGrid(36, 28));
        List<PatchPixels> images = [Noise(config, 1, upright), Noise(config, 2, side), Noise(config, 3, upright)];

        var together = vision.Encode(images);

        foreach (var (image, features) in images.Zip(together))
        {
            var alone = vision.Encode([image])[0];
            Assert.Equal(alone.Grid, features.Grid);
            Closeness.Within(Close, alone.Values, features.Values);
        }
    }

    [Theory]
    [InlineData("glm4v-11", 1)]
    [InlineData("glm4v-11", 2)]
    [InlineData("glm_ocr-11", 1)]
    [InlineData("glm_ocr-11", 2)]
    public void Encode_ImagesFilledUpToALength_GivesTheFeaturesOfTheirOwnLength(string model, int count)
    {
        var reference = ReferenceModel.Open(model);
        using var checkpoint = reference.OpenWeights(TestContext.Current.CancellationToken);
        var config = GlmConfig.Read(checkpoint).Vision;
        using var exact = new VisionSession(checkpoint, config, new OnnxSettings(Threads: 2));
        using var filled = new VisionSession(checkpoint, config, new OnnxSettings(Threads: 2), lengths: new RunLengths(worth: 1000));
        List<PatchPixels> images = [.. new[] { Noise(config, 1, new PatchGrid(28, 38)), Noise(config, 2, new PatchGrid(38, 28)) }.Take(count)];

        foreach (var (alone, together) in images.Select(i => exact.Encode([i])[0]).Zip(filled.Encode(images)))
        {
            Assert.Equal(alone.Grid, together.Grid);
            Closeness.Within(Close, alone.Values, together.Values);
        }
    }

    [Fact]
    public void IsPlanned_LengthsOfRuns_SayWhetherNumbersOfImagesAreToo()
    {
        var reference = ReferenceModel.Open("glm4v-11");
        using var checkpoint = reference.OpenWeights(TestContext.Current.CancellationToken);
        var config = GlmConfig.Read(checkpoint).Vision;
        using var exact = new VisionSession(checkpoint, config, new OnnxSettings(Threads: 1));
        using var filled = new VisionSession(checkpoint, config, new OnnxSettings(Threads: 1), lengths: new RunLengths(worth: 0));
        Assert.Equal((false, true), (exact.IsPlanned, filled.IsPlanned));
    }

    [Fact]
    public void Encode_UnequalPatches_IsRefused()
    {
        var reference = ReferenceModel.Open("glm4v-11");
        using var checkpoint = reference.OpenWeights(TestContext.Current.CancellationToken);
        using var vision = new VisionSession(checkpoint, GlmConfig.Read(checkpoint).Vision, new OnnxSettings(Threads: 1));
        var fault = Assert.Throws<ArgumentException>(() => vision.Encode([new PatchPixels([], new PatchGrid(2, 2)), new PatchPixels([], new PatchGrid(2, 4))]));
        Assert.Contains("4, 8", fault.Message, StringComparison.Ordinal);
    }

    private static PatchPixels Noise(VisionConfig config, int seed, PatchGrid grid)
    {
        var bytes = new byte[grid.Count * config.PatchLength / config.TemporalPatchSize];
        new Random(seed).NextBytes(bytes);
        return new PatchPixels(bytes, grid);
    }
}
