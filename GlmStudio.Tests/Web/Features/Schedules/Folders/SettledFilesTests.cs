using GlmStudio.Web.Features.Schedules.Folders;

namespace GlmStudio.Tests.Web.Features.Schedules.Folders;

public sealed class SettledFilesTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly SettledFiles _files = new();

    [Fact]
    public void Look_FileThatGrows_IsToldOnceItStandsStill()
    {
        Assert.Empty(Look(0, ("a.jpg", 10)));
        Assert.Empty(Look(40, ("a.jpg", 20)));
        Assert.Empty(Look(60, ("a.jpg", 20)));
        Assert.True(_files.AnyUnsettled);
        Assert.Equal(["a.jpg"], Look(70, ("a.jpg", 20)));
        Assert.False(_files.AnyUnsettled);
    }

    [Fact]
    public void Look_SettledFile_IsToldOnce()
    {
        Look(0, ("a.jpg", 10));
        Assert.Single(Look(30, ("a.jpg", 10)));
        Assert.Empty(Look(60, ("a.jpg", 10)));
    }

    [Fact]
    public void Look_EmptyFile_IsNeverTold()
    {
        Look(0, ("a.jpg", 0));
        Assert.Empty(Look(3_600, ("a.jpg", 0)));
        Assert.False(_files.AnyUnsettled);
    }

    [Fact]
    public void Forget_File_IsToldAgainAfterItsTime()
    {
        Look(0, ("a.jpg", 10));
        Look(30, ("a.jpg", 10));
        _files.Forget("a.jpg");
        Assert.Empty(Look(60, ("a.jpg", 10)));
        Assert.Single(Look(90, ("a.jpg", 10)));
    }

    private IReadOnlyList<string> Look(int seconds, params (string Path, long Length)[] files) =>
        _files.Look(files.ToDictionary(f => f.Path, f => (f.Length, DateTime.UnixEpoch)), Start.AddSeconds(seconds), TimeSpan.FromSeconds(30));
}
