using GlmStudio.Tests.Support;

namespace GlmStudio.Tests.Web.Hosting;

public sealed class ServerTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("/_framework/blazor.web.js")]
    [InlineData("/_content/Radzen.Blazor/Radzen.Blazor.min.js")]
    [InlineData("/_content/Radzen.Blazor/css/material.css")]
    [InlineData("/GlmStudio.Web.styles.css")]
    [InlineData("/glm-studio.css")]
    public async Task Get_WhatThePageNeeds_IsServed(string path)
    {
        await using var studio = await StudioApp.StartAsync();
        using var response = await studio.Http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, $"{path}: {(int)response.StatusCode}");
    }
}
