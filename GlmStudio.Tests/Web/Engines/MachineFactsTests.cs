using GlmStudio.Web.Engines;

namespace GlmStudio.Tests.Web.Engines;

public sealed class MachineFactsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("glm-cards-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Available_MemoryInfo_IsInBytes() =>
        Assert.Equal(5_120L << 10, MachineFacts.Available(["MemTotal:       16384 kB", "MemFree:         1024 kB", "MemAvailable:    5120 kB"]));

    [Fact]
    public void Available_OldKernel_IsNotKnown() => Assert.Null(MachineFacts.Available(["MemTotal: 16384 kB"]));

    [Fact]
    public void FreeMemory_ThisMachine_IsSomeAndNotMoreThanThereIs() =>
        Assert.InRange(MachineFacts.FreeMemory(), 1, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);

    [Fact]
    public void Cards_OfTheDriver_AreNamed()
    {
        foreach (var (place, model) in (ReadOnlySpan<(string, string)>)[("0000:19:00.0", "NVIDIA H100 80GB HBM3"), ("0000:03:00.0", "NVIDIA T4")])
            File.WriteAllText(Path.Combine(_folder.CreateSubdirectory(place).FullName, "information"), $"Model: \t\t {model}\nIRQ:   \t\t 17\n");
        Assert.Equal(["NVIDIA T4", "NVIDIA H100 80GB HBM3"], MachineFacts.Cards(_folder.FullName));
    }

    [Fact]
    public void Cards_NoDriver_AreNone() => Assert.Empty(MachineFacts.Cards(Path.Combine(_folder.FullName, "missing")));
}
