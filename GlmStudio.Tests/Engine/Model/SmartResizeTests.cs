using GlmStudio.Engine;
using GlmStudio.Engine.Model;

namespace GlmStudio.Tests.Engine.Model;

public sealed class SmartResizeTests
{
    private static readonly PreprocessorConfig Config = new(14, 2, 2, 12544, 9633792, [0, 0, 0], [1, 1, 1]);

    // Sizes servers of the reference report for GLM-4.6V-Flash.
    [Theory]
    [InlineData(1, 1, 84, 84)]
    [InlineData(80, 80, 84, 84)]
    [InlineData(100, 100, 112, 112)]
    [InlineData(336, 336, 336, 336)]
    [InlineData(480, 640, 476, 644)]
    [InlineData(720, 1280, 728, 1288)]
    [InlineData(768, 1024, 756, 1036)]
    [InlineData(1080, 1920, 1092, 1932)]
    [InlineData(1754, 1240, 1764, 1232)]
    [InlineData(2160, 3840, 1624, 2912)]
    [InlineData(3508, 2480, 2604, 1820)]
    [InlineData(6771, 867, 6132, 784)]
    [InlineData(20, 3000, 28, 4200)]
    public void Of_Size_GivesTheReferencesSize(int height, int width, int expectedHeight, int expectedWidth) =>
        Assert.Equal((expectedHeight, expectedWidth), SmartResize.Of(height, width, Config));

    [Fact]
    public void Of_ThreeHundredToOne_SaysWhatToDo() =>
        Assert.Contains("Cut it into pieces", Assert.Throws<EngineException>(() => SmartResize.Of(300 * 40, 40, Config)).Message, StringComparison.Ordinal);
}
