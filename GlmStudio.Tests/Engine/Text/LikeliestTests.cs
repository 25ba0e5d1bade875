using System.Numerics.Tensors;
using GlmStudio.Engine.Text;

namespace GlmStudio.Tests.Engine.Text;

/// <summary>The two likeliest tokens against two plain searches.</summary>
public sealed class LikeliestTests
{
    // Few different values, so that most are equal to others, and lengths around the blocks' ends.
    [Theory]
    [InlineData(2, 3)]
    [InlineData(1023, 4)]
    [InlineData(1024, 40)]
    [InlineData(1025, 400)]
    [InlineData(2048, 2)]
    [InlineData(5000, 3000)]
    [InlineData(5000, 9)]
    public void Of_ManyEqualLogits_IsWhatTwoSearchesFind(int length, int values)
    {
        var random = new Random(length + values);
        for (var round = 0; round < 200; round++)
        {
            float[] logits = [.. Enumerable.Range(0, length).Select(_ => random.Next(values) is var v && v == 0 ? float.NegativeInfinity : v)];
            logits[random.Next(length)] = values;
            var first = TensorPrimitives.IndexOfMax<float>(logits);
            float[] others = [.. logits];
            others[first] = float.NegativeInfinity;
            var second = TensorPrimitives.IndexOfMax<float>(others);
            Assert.Equal(new Likeliest(first, float.IsNegativeInfinity(others[second]) ? null : second), Likeliest.Of(logits));
        }
    }

    [Fact]
    public void Of_OneToken_HasNoSecond() => Assert.Equal(new Likeliest(0, null), Likeliest.Of([1f]));
}
