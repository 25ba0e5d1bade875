using System.Runtime.InteropServices;
using GlmStudio.Engine.Sessions;

namespace GlmStudio.Tests.Engine.Sessions;

public sealed class CardMemoryTests
{
    [Fact]
    public void Of_Processor_IsNothing() => Assert.Null(CardMemory.Of("cpu"));

    // On a machine with a driver there is still no card of this number.
    [Fact]
    public void Of_NoLibraryOrNoSuchCard_IsNothing() => Assert.Null(CardMemory.Of("cuda:99"));

    [Fact]
    public void DeviceProcess_Layout_IsTheDrivers() => Assert.Equal((24, 24), (Marshal.SizeOf<Nvml.DeviceProcess>(), Marshal.SizeOf<Nvml.DeviceMemory>()));

    [Theory]
    [InlineData(1, null, 1u)]
    [InlineData(1, "", 1u)]
    [InlineData(0, "3,1", 3u)]
    [InlineData(1, "3, 1", 1u)]
    [InlineData(2, "3,1", null)]
    [InlineData(0, "GPU-5a1b", null)]
    public void IndexOf_VisibleCards_AreCountedInTheirOrder(int card, string? visible, uint? expected) => Assert.Equal(expected, CardMemory.IndexOf(card, visible));

    [Fact]
    public void Others_KnownShare_IsTheRest()
    {
        var memory = new CardMemory(Total: 1000L << 20, Free: 300L << 20, Ours: 500L << 20);
        Assert.Equal(200L << 20, memory.Others);
        Assert.Equal("The card has 1,000 MiB, 300 MiB of them free and 200 MiB taken by other programs.", memory.ToString());
        Assert.Equal("The card has 1,000 MiB, 300 MiB of them free.", (memory with { Ours = null }).ToString());
    }
}
