using System.Text.Json;
using GlmStudio.Tests.Support;

namespace GlmStudio.Tests.Web.Features.Inference;

public sealed class DocsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task OpenApi_Document_BeginsWithTheDoorsAndTheirExamples()
    {
        await using var studio = await StudioApp.StartAsync();
        var document = JsonElement.Parse(await studio.Http.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative), Cancellation));
        var paths = document.GetProperty("paths").EnumerateObject().Take(4).ToList();
        Assert.Equal(["/v1/batch-infer", "/v1/chat", "/v1/chat/completions", "/api/predict"], paths.Select(p => p.Name));
        Assert.Equal("Answers", document.GetProperty("tags")[0].GetProperty("name").GetString());
        Assert.All(paths, p =>
        {
            var post = p.Value.GetProperty("post");
            Assert.NotEmpty(post.GetProperty("summary").GetString()!);
            Assert.Equal(JsonValueKind.Object, post.GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("example").ValueKind);
        });
    }

    [Fact]
    public async Task Examples_OfTheDocument_AreAnswered()
    {
        await using var studio = await Doorstep.OpenAsync();
        var document = JsonElement.Parse(await studio.Http.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative), Cancellation));
        foreach (var path in document.GetProperty("paths").EnumerateObject().Take(4))
        {
            var example = path.Value.GetProperty("post").GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("example");
            var (status, body) = await studio.PostAsync(path.Name, example.GetRawText());
            Assert.True(status == 200, $"{path.Name}: {body}");
        }
    }

    [Theory]
    [InlineData("/docs")]
    [InlineData("/swagger/swagger-ui.css")]
    [InlineData("/swagger/swagger-ui-bundle.js")]
    [InlineData("/js/inference.js")]
    public async Task Docs_WhatThePageNeeds_IsServed(string path)
    {
        await using var studio = await StudioApp.StartAsync();
        using var response = await studio.Http.GetAsync(new Uri(path, UriKind.Relative), Cancellation);
        Assert.True(response.IsSuccessStatusCode, $"{path}: {(int)response.StatusCode}");
    }
}
