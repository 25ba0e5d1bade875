using GlmStudio.Engine.Checkpoints;
using GlmStudio.Engine.Model;

namespace GlmStudio.Tests.Parity;

/// <summary>The numbers that the reference made of a picture's bytes, and back.</summary>
internal static class RecordedPixels
{
    /// <summary>The bytes of a case's recorded pixels: those of the first frame, which are the same in the others.</summary>
    public static PatchPixels Of(ReferenceModel reference, RecordedCase recorded)
    {
        using var checkpoint = Checkpoint.Open(reference.CheckpointFolder);
        var config = PreprocessorConfig.Read(checkpoint, GlmConfig.Read(checkpoint).Vision);
        var (numbers, area, frames) = (reference.Floats($"{recorded.Name}.pixel_values"), config.PatchSize * config.PatchSize, config.TemporalPatchSize);
        var bytes = new byte[numbers.Length / frames];
        for (var i = 0; i < bytes.Length; i++)
        {
            var channel = i / area % 3;
            var value = 255 * (numbers[i / area * frames * area + i % area] * config.Deviation[channel] + config.Mean[channel]);
            Assert.Equal(Math.Round(value), value, 1e-3);
            bytes[i] = (byte)Math.Round(value);
        }
        return new PatchPixels(bytes, new PatchGrid(recorded.GridThw[0][1], recorded.GridThw[0][2]));
    }

    /// <summary>Our bytes as the reference's numbers, every frame.</summary>
    public static float[] Numbers(PatchPixels picture, PreprocessorConfig config)
    {
        var (area, frames) = (config.PatchSize * config.PatchSize, config.TemporalPatchSize);
        var numbers = new float[picture.Bytes.Length * frames];
        for (var i = 0; i < numbers.Length; i++)
        {
            var channel = i / (frames * area) % 3;
            numbers[i] = (float)((picture.Bytes[i / (frames * area) * area + i % area] - 255 * config.Mean[channel]) / (255 * config.Deviation[channel]));
        }
        return numbers;
    }
}
