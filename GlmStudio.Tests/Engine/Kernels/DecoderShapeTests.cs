using GlmStudio.Engine.Kernels;

namespace GlmStudio.Tests.Engine.Kernels;

/// <summary>Which decoders our kernels take, and where they find the weights.</summary>
public sealed class DecoderShapeTests
{
    private static readonly CodeFormat Numbers = new(0, 0);
    private static readonly DecoderShape Flash = new(40, 4096, 32, 2, 128, 13696, 151552, 32, 1e-5f, 1e-5f, Numbers, Numbers, Numbers, HasBias: true);

    public static TheoryData<int, int, int, int, bool> Matrices => new()
    {
        // bits, block, outputs, inputs
        { 0, 0, 4608, 4096, true }, { 0, 0, 16, 32, true }, { 0, 0, 24, 32, false }, { 0, 0, 16, 48, false },
        { 4, 128, 4096, 13696, true }, { 4, 32, 16, 128, true }, { 4, 256, 16, 256, true }, { 4, 16, 16, 128, false }, { 4, 32, 16, 96, false }, { 4, 256, 16, 384, false },
        { 8, 32, 16, 64, true }, { 8, 16, 16, 64, true }, { 8, 32, 16, 96, false }, { 8, 128, 16, 192, false },
    };

    [Theory]
    [MemberData(nameof(Matrices))]
    public void Takes_Matrix_OnlyWhereNothingIsLeftOver(int bits, int block, int outputs, int inputs, bool takes) => Assert.Equal(takes, new CodeFormat(bits, block).Takes(outputs, inputs));

    [Theory]
    [InlineData(32, 4)]
    [InlineData(64, 2)]
    [InlineData(128, 1)]
    [InlineData(256, 1)]
    public void ScalesOfChunk_FourBits_AreThoseOf128Inputs(int block, int scales) => Assert.Equal(scales, new CodeFormat(4, block).ScalesOfChunk);

    [Fact]
    public void Fits_GlmFlash_InEveryForm()
    {
        Assert.True(Flash.Fits);
        Assert.True((Flash with { Matrices = new(4, 32), Head = new(8, 32), Table = new(8, 32) }).Fits);
        Assert.True((Flash with { Matrices = new(8, 128), Head = new(4, 128) }).Fits);
    }

    [Fact]
    public void Fits_WhatKernelsAreNotMadeFor_IsRefused()
    {
        Assert.False((Flash with { HeadSize = 96 }).Fits);
        Assert.False((Flash with { Heads = 34 }).Fits);
        Assert.False((Flash with { Intermediate = 13700 }).Fits);
        Assert.False((Flash with { Vocabulary = 151553 }).Fits);
        // Kernels are compiled for one number of scales.
        Assert.False((Flash with { Matrices = new(4, 128), Head = new(4, 32) }).Fits);
    }

    [Fact]
    public void Read_Addresses_GoToTheirPlacesInOrder()
    {
        var shape = Flash with { Layers = 2, Matrices = new(4, 128), Head = new(8, 32), Table = new(8, 32) };
        // Table 3 · norm · two layers of four matrices of 3, a bias and four norms · head 3.
        nint[] addresses = [.. Enumerable.Range(1, 3 + 1 + 2 * 17 + 3).Select(i => (nint)i)];
        var weights = DecoderWeights.Read(shape, addresses);
        Assert.Equal((1, 2, 3, 4), (weights.Table, weights.TableScales, weights.TableZeros, weights.FirstNorm));
        Assert.Equal(new CardMatrix(4608, 4096, new(4, 128), 5, 6, 7), weights.Layers[0].Qkv);
        Assert.Equal((8, 12, 13), (weights.Layers[0].Bias, weights.Layers[0].AttentionNorm, weights.Layers[0].MlpNorm));
        Assert.Equal(new CardMatrix(27392, 4096, new(4, 128), 14, 15, 16), weights.Layers[0].GateUp);
        Assert.Equal((20, 21), (weights.Layers[0].AfterNorm, weights.Layers[0].NextNorm));
        Assert.Equal(new CardMatrix(151552, 4096, new(8, 32), 39, 40, 41), weights.Head);
        Assert.Throws<InvalidOperationException>(() => DecoderWeights.Read(shape, addresses[..^1]));
        Assert.Throws<InvalidOperationException>(() => DecoderWeights.Read(shape, [.. addresses, 42]));
    }

    // A kernel with an instruction that a card does not know spoils all that are compiled with it.
    [Theory]
    [InlineData(75, false)]
    [InlineData(80, true)]
    [InlineData(90, true)]
    public void Source_OlderCard_HasNoMatrixKernels(int capability, bool hasThem)
    {
        var source = CardKernels.Source(capability);
        Assert.Contains("norm_add_norm", source, StringComparison.Ordinal);
        Assert.Equal(hasThem, source.Contains("attend_", StringComparison.Ordinal));
        Assert.Equal(hasThem, source.Contains("coded_product", StringComparison.Ordinal));
        Assert.Equal(hasThem, source.Contains("coded_many_product", StringComparison.Ordinal));
    }

    // join_parts has a thread of one warp for each part.
    [Theory]
    [InlineData(1, 32)]
    [InlineData(4, 16)]
    [InlineData(8, 8)]
    [InlineData(15, 8)]
    [InlineData(16, 8)]
    [InlineData(20, 6)]
    [InlineData(256, 4)]
    public void PartsOf_Slots_FewerWhereManyRunBesideEachOther(int slots, int parts) => Assert.Equal(parts, DecoderStep.PartsOf(slots));
}
