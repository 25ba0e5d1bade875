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
        List<PatchPixels> images = [Noise(1, upright), Noise(2, side), Noise(3, upright)];

        var together = vision.Encode(images);

        foreach (var (image, features) in images.Zip(together))
        {
            var alone = vision.Encode([image])[0];
            Assert.Equal(alone.Grid, features.Grid);
            Closeness.Within(Close, alone.Values, features.Values);
        }
        PatchPixels Noise(int seed, PatchGrid grid)
        {
            var random = new Random(seed);
            var bytes = new byte[grid.Count * config.PatchLength / config.TemporalPatchSize];
            random.NextBytes(bytes);
            return new PatchPixels(bytes, grid);
        }
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
}
