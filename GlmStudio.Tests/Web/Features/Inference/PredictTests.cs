using GlmStudio.Tests.Support;

namespace GlmStudio.Tests.Web.Features.Inference;

public sealed class PredictTests
{
    [Fact]
    public async Task Post_PictureAndQuestion_IsAnswered()
    {
        await using var studio = await Doorstep.OpenAsync();
        var (status, body) = await studio.PostAsync("/api/predict", new { data = new[] { Doorstep.Picture, "合计？" } });
        Assert.Equal(200, status);
        Assert.Equal("合计？ (1)", body.GetProperty("data")[0].GetString());
        Assert.True(body.GetProperty("duration").GetDouble() >= 0);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"data":[]}""")]
    [InlineData("""{"data":["AAAA"]}""")]
    [InlineData("""{"data":["AAAA",5]}""")]
    [InlineData("""{"data":"AAAA"}""")]
    public async Task Post_OtherData_Is400(string body)
    {
        await using var studio = await Doorstep.OpenAsync();
        Assert.Equal(400, (await studio.PostAsync("/api/predict", body)).Status);
    }
}
