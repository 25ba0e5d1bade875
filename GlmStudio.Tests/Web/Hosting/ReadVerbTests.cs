using System.Text.Json;
using GlmStudio.Tests.Support;
using GlmStudio.Web;
using GlmStudio.Web.Hosting;

namespace GlmStudio.Tests.Web.Hosting;

/// <summary>The verb <c>read</c>, as a command line calls it.</summary>
public sealed class ReadVerbTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("glm-read-");

    [Fact]
    public async Task Read_PicturesAndADamagedFile_WritesALineEachInOrder()
    {
        var pictures = Directory.CreateDirectory(Path.Combine(_folder.FullName, "pictures")).FullName;
        File.Copy(Repository.At("samples/receipts/english/cafe-03.png"), Path.Combine(pictures, "page-2.png"));
        File.Copy(Repository.At("samples/receipts/english/cafe-03.png"), Path.Combine(pictures, "page-10.png"));
        await File.WriteAllTextAsync(Path.Combine(pictures, "page-9.jpg"), "not a picture", TestContext.Current.CancellationToken);
        var lines = await ReadAsync("--images", pictures);
        Assert.Equal(["page-2.png", "page-9.jpg", "page-10.png"], lines.Select(l => l.GetProperty("file").GetString()));
        Assert.NotEmpty(lines[1].GetProperty("error").GetString()!);
        Assert.True(lines[0].GetProperty("width").GetInt32() > 100 && lines[0].GetProperty("height").GetInt32() > 100);
        var printed = lines[0].GetProperty("lines").EnumerateArray().ToList();
        Assert.Contains(printed, l => l.GetProperty("text").GetString()!.Contains("Harbour Street", StringComparison.Ordinal));
        Assert.All(printed, l => Assert.All(["x", "y", "w", "h", "score"], name => Assert.InRange(l.GetProperty(name).GetDouble(), -0.05, 1.05)));
        Assert.Equal(printed.Select(l => l.GetProperty("row").GetInt32()).Order(), printed.Select(l => l.GetProperty("row").GetInt32()));
    }

    [Fact]
    public async Task Read_ADocumentOfThreePages_WritesALineAPage()
    {
        File.Copy(Repository.At("GlmStudio.Tests/Fixtures/Images/three-pages.pdf"), Path.Combine(_folder.FullName, "three.pdf"));
        var lines = await ReadAsync("--images", _folder.FullName, "--limit", "1");
        Assert.Equal([0, 1, 2], lines.Select(l => l.GetProperty("page").GetInt32()));
    }

    [Theory]
    [InlineData("--images", "absent", "--jsonl", "out.jsonl")]
    [InlineData("--images", ".")]
    [InlineData("--images", ".", "--jsonl", "out.jsonl", "--limit", "0")]
    public async Task Read_LineThatCannotRun_EndsWithTwo(params string[] line) => Assert.Equal(2, await RunAsync(line));

    public void Dispose() => _folder.Delete(recursive: true);

    private async Task<List<JsonElement>> ReadAsync(params string[] line)
    {
        var file = Path.Combine(_folder.FullName, "out.jsonl");
        Assert.Equal(0, await RunAsync([.. line, "--jsonl", file]));
        return [.. (await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken)).Select(l => JsonElement.Parse(l))];
    }

    private Task<int> RunAsync(params string[] line) =>
        Verbs.RunAsync(["read", .. line, $"--Studio:Data={Path.Combine(_folder.FullName, "data")}", "--Logging:LogLevel:Default=Warning"], settings => Studio.Build(settings));
}
