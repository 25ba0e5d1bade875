using GlmStudio.Web.Engines;

namespace GlmStudio.Tests.Web.Engines;

public sealed class RoutingTableTests
{
    /// <summary>This node is b; a and c live beside it.</summary>
    [Theory]
    [InlineData("loaded", "", "", EngineRoute.Here)]
    [InlineData("loaded", "loaded", "", EngineRoute.Here)]
    [InlineData("", "loaded", "", EngineRoute.Elsewhere)]
    [InlineData("loadable", "loaded", "", EngineRoute.Elsewhere)]
    [InlineData("loadable", "", "loaded", EngineRoute.Elsewhere)]
    [InlineData("loadable", "", "", EngineRoute.Here)]
    [InlineData("loadable", "loadable", "", EngineRoute.Elsewhere)]
    [InlineData("loadable", "", "loadable", EngineRoute.Here)]
    [InlineData("", "", "loadable", EngineRoute.Elsewhere)]
    [InlineData("", "", "", EngineRoute.Nowhere)]
    public void Of_Engine_GoesWhereItIsLoadedElseToTheFirstThatCouldLoadIt(string mine, string a, string c, EngineRoute expected)
    {
        var table = new RoutingTable("b", [NodeWith("a", a), NodeWith("b", mine), NodeWith("c", c)], _ => mine == "loaded", _ => mine != "");
        Assert.Equal(expected, table.Of("Big"));
        Assert.Equal(expected, table.Of("/models/big"));
    }

    [Fact]
    public void Of_OwnLineNotWrittenYet_IsHereAllTheSame() =>
        Assert.Equal(EngineRoute.Here, new RoutingTable("b", [], _ => false, _ => true).Of("big"));

    [Fact]
    public void Of_OwnLineThatIsOld_DoesNotCount() =>
        Assert.Equal(EngineRoute.Nowhere, new RoutingTable("b", [NodeWith("b", "loaded")], _ => false, _ => false).Of("big"));

    private static GlmStudio.Web.Domain.Node NodeWith(string id, string big) => new()
    {
        Id = id, Name = id, Version = "1", Device = "cpu", Loaded = ["reader", .. big == "loaded" ? ["big"] : Array.Empty<string>()], Loadable = big == "loadable" ? ["big"] : [],
    };
}
