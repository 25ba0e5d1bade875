using GlmStudio.Engine.Images;

namespace GlmStudio.Tests.Engine.Images;

public sealed class PixelMemoryTests
{
    private readonly PixelMemory _memory = new();

    [Fact]
    public void Take_AfterAReturn_GivesTheSameArrayOnce()
    {
        const int length = 1000;
        var array = _memory.Take(length);
        _memory.Return(array);

        Assert.Same(array, _memory.Take(length));
        Assert.NotSame(array, _memory.Take(length));
    }

    // Many small ones or a few large ones: what was given back longest ago makes room.
    [Theory]
    [InlineData(1000, 40)]
    [InlineData(30_000_001, 3)]
    public void Return_MoreThanIsKept_ForgetsTheOldest(int length, int count)
    {
        var arrays = Enumerable.Range(0, count).Select(_ => new byte[length]).ToList();
        arrays.ForEach(_memory.Return);

        var taken = arrays.ConvertAll(_ => _memory.Take(length));

        Assert.Same(arrays[^1], taken[0]);
        Assert.DoesNotContain(taken, array => ReferenceEquals(array, arrays[0]));
    }

    [Fact]
    public void Take_AnotherLength_IsNew()
    {
        var array = _memory.Take(1000);
        _memory.Return(array);
        Assert.Equal(1001, _memory.Take(1001).Length);
    }
}
