using System.Text.Json;
using GlmStudio.Engine;
using GlmStudio.Web.Features.Inference;
using Microsoft.Extensions.Options;

namespace GlmStudio.Tests.Web.Features.Inference;

public sealed class ImageReaderTests
{
    private static readonly byte[] Bytes = [0xFB, 0xFF, 0xBF, 1, 2];
    private static readonly string Base64 = Convert.ToBase64String(Bytes);

    [Theory]
    [InlineData("\"+/+/AQI=\"")]
    [InlineData("\"+/+/\\nAQ I=\"")]
    [InlineData("\"+/+/AQI\"")]
    [InlineData("\"-_-_AQI\"")]
    [InlineData("\"data:image/png;base64,+/+/AQI=\"")]
    [InlineData("\" DATA:image/png;name=a;BASE64,+/+/AQI=\"")]
    [InlineData("{\"url\":\"data:image/png;base64,+/+/AQI=\"}")]
    [InlineData("{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,+/+/AQI=\"}}")]
    [InlineData("[\"+/+/AQI=\"]")]
    public async Task Read_FormsThatProgramsSend_GiveTheBytes(string json)
    {
        var image = Assert.Single(await ReadAsync(json));
        Assert.Equal(Bytes, image.Bytes.ToArray());
    }

    [Fact]
    public async Task Read_ObjectWithPage_GivesThePage() => Assert.Equal(2, Assert.Single(await ReadAsync($$"""{"data":"{{Base64}}","page":2}""")).Page);

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("[null]")]
    public async Task Read_Nothing_IsNoPicture(string json) => Assert.Empty(await ReadAsync(json));

    [Theory]
    [InlineData("\"\"")]
    [InlineData("\"not base64!\"")]
    [InlineData("\"data:image/png,abc\"")]
    [InlineData("\"data:image/png;base64\"")]
    [InlineData("12")]
    [InlineData("true")]
    [InlineData("{}")]
    [InlineData("{\"url\":{\"url\":{\"url\":{\"url\":{\"url\":\"a\"}}}}}")]
    [InlineData("{\"data\":\"+/+/AQI=\",\"page\":-1}")]
    [InlineData("[1]")]
    public async Task Read_AnythingElse_SaysWhatIsWrong(string json) =>
        Assert.Equal(EngineFault.BadRequest, (await Assert.ThrowsAsync<EngineException>(() => ReadAsync(json))).Fault);

    [Fact]
    public async Task Read_MoreBytesThanAllowed_IsTooLarge() =>
        Assert.Equal(EngineFault.ImageTooLarge, (await Assert.ThrowsAsync<EngineException>(() => ReadAsync($"\"{new string('A', 400)}\""))).Fault);

    [Fact]
    public async Task Read_MorePicturesThanAllowed_IsRefused() =>
        Assert.Contains("Inference:MaxImages", (await Assert.ThrowsAsync<EngineException>(() => ReadAsync("[\"AAAA\",\"AAAA\",\"AAAA\"]"))).Message, StringComparison.Ordinal);

    private static async Task<IReadOnlyList<ImageInput>> ReadAsync(string json)
    {
        using var fetcher = new ImageFetcher(Options.Create(new FetchOptions()), TimeProvider.System);
        var reader = new ImageReader(fetcher, Options.Create(new InferenceOptions { MaxImageBytes = 200, MaxImages = 2 }));
        return await reader.ReadAsync(JsonElement.Parse(json), TestContext.Current.CancellationToken);
    }
}
