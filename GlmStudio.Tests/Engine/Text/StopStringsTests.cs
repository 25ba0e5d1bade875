using GlmStudio.Engine.Text;

namespace GlmStudio.Tests.Engine.Text;

public sealed class StopStringsTests
{
    [Fact]
    public void Push_StopAcrossPieces_ShowsOnlyWhatIsBefore()
    {
        var stops = new StopStrings(["END", "结束"]);
        Assert.Equal("answer ", stops.Push("answer E"));
        Assert.Equal("", stops.Push("N"));
        Assert.Equal("", stops.Push("D more"));
        Assert.True(stops.IsStopped);
        Assert.Equal("", stops.Flush());
    }

    [Fact]
    public void Push_BeginningThatIsNoStop_ComesLater()
    {
        var stops = new StopStrings(["END"]);
        Assert.Equal("a", stops.Push("aEN"));
        Assert.Equal("ENX", stops.Push("X"));
        Assert.False(stops.IsStopped);
    }

    [Fact]
    public void Flush_HeldBeginning_IsShown()
    {
        var stops = new StopStrings(["END"]);
        stops.Push("aE");
        Assert.Equal("E", stops.Flush());
    }
}
