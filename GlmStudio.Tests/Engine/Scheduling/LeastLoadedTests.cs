using GlmStudio.Engine.Scheduling;

namespace GlmStudio.Tests.Engine.Scheduling;

public sealed class LeastLoadedTests
{
    [Fact]
    public void Take_SomeBusier_IsTheFirstOfTheLeastLoaded()
    {
        var load = new LeastLoaded(3);
        var places = Enumerable.Range(0, 4).Select(_ => load.Take()).ToList();
        Assert.Equal([0, 1, 2, 0], places.Select(p => p.Index));
        places[1].Dispose();
        places[1].Dispose();
        Assert.Equal([1, 1, 2, 0], Enumerable.Range(0, 4).Select(_ => load.Take().Index));
    }
}
