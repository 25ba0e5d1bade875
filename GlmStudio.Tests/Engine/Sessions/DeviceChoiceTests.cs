using GlmStudio.Engine.Sessions;

namespace GlmStudio.Tests.Engine.Sessions;

public sealed class DeviceChoiceTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("glm-cards-");
    private readonly CardLock _cards;

    public DeviceChoiceTests() => _cards = new CardLock(_folder.FullName);

    [Fact]
    public void Of_CardThatIsThere_IsTheCard() => Assert.Equal(new DeviceChoice("cuda:1", null), DeviceChoice.Of("cuda:1", _ => true, _ => null, _cards));

    [Fact]
    public void Of_Processor_AsksNobody() =>
        Assert.Equal(new DeviceChoice("cpu", null), DeviceChoice.Of("cpu", _ => throw new InvalidOperationException(), _ => throw new InvalidOperationException(), _cards));

    [Theory]
    [InlineData("libcuda.so.1", "no NVIDIA driver was found (libcuda.so.1 is missing)")]
    [InlineData("libcurand.so.10", "libcurand.so.10 is missing")]
    public void Of_MissingLibrary_NamesItAndTakesTheProcessor(string library, string expected)
    {
        var choice = DeviceChoice.Of("cuda:0", name => name != library, _ => null, _cards);
        Assert.Equal("cpu", choice.Device);
        Assert.Contains(expected, choice.Warning, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_ProviderThatRefuses_SaysWhatItSaid() =>
        Assert.Contains("invalid device ordinal", DeviceChoice.Of("cuda:7", _ => true, _ => "invalid device ordinal", _cards).Warning, StringComparison.Ordinal);

    [Fact]
    public void Of_CardOfAnotherProcess_SaysWhoHasIt()
    {
        using var other = new CardLock(_folder.FullName);
        Assert.Null(other.Take(0));
        Assert.Contains($"process {Environment.ProcessId} ", DeviceChoice.Of("cuda:0", _ => true, _ => null, _cards).Warning, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_OwnCardAgain_IsTheCard()
    {
        Assert.Null(_cards.Take(0));
        Assert.Null(DeviceChoice.Of("cuda:0", _ => true, _ => null, _cards).Warning);
    }

    [Fact]
    public void All_OneCardOfThreeMissing_AreTheOthersAndSayWhy()
    {
        var choices = DeviceChoice.All("cuda:0, cuda:7,cuda:1", wanted => DeviceChoice.Of(wanted, _ => true, card => card == 7 ? "invalid device ordinal" : null, _cards));
        Assert.Equal(["cuda:0", "cuda:1"], choices.Select(c => c.Device));
        Assert.Equal(["cuda:7 cannot be used, the other cards compute instead: invalid device ordinal.", null], choices.Select(c => c.Warning));
    }

    [Fact]
    public void All_NoCardUsable_IsTheProcessorOnce()
    {
        var choice = Assert.Single(DeviceChoice.All("cuda:0,cuda:1", wanted => DeviceChoice.Of(wanted, _ => true, _ => "no", _cards)));
        Assert.Equal("cpu", choice.Device);
        Assert.Equal("cuda:0 cannot be used, the processor computes instead: no. cuda:1 cannot be used, the processor computes instead: no.", choice.Warning);
    }

    public void Dispose()
    {
        _cards.Dispose();
        _folder.Delete(recursive: true);
    }
}
