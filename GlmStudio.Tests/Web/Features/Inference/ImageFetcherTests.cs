using System.Net;
using GlmStudio.Engine;
using GlmStudio.Tests.Support;
using GlmStudio.Web.Features.Inference;
using Microsoft.AspNetCore.Http;

namespace GlmStudio.Tests.Web.Features.Inference;

public sealed class ImageFetcherTests
{
    private static readonly byte[] Picture = [.. Enumerable.Range(0, 5000).Select(i => (byte)i)];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Fetch_AllowedHost_GivesTheBytes()
    {
        await using var server = await OtherServer.StartAsync(SendPicture);
        using var fetcher = Fetcher(new FetchOptions { AllowedHosts = [server.Authority] });
        Assert.Equal(Picture, await fetcher.FetchAsync($"{server.Address}a.png", Cancellation));
    }

    [Fact]
    public async Task Fetch_LoopbackHost_IsRefusedUnasked()
    {
        await using var server = await OtherServer.StartAsync(SendPicture);
        using var fetcher = Fetcher(new FetchOptions());
        var refused = await Assert.ThrowsAsync<EngineException>(() => fetcher.FetchAsync($"{server.Address}a.png", Cancellation));
        Assert.Contains("Fetch:AllowedHosts", refused.Message, StringComparison.Ordinal);
        Assert.Equal(0, server.Calls);
    }

    [Fact]
    public async Task Fetch_NameWithOnePrivateAddress_IsRefused()
    {
        using var fetcher = new ImageFetcher(new FetchOptions(), TimeProvider.System,
            (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse("8.8.8.8"), IPAddress.Loopback]));
        var refused = await Assert.ThrowsAsync<EngineException>(() => fetcher.FetchAsync("http://pictures.example/a.png", Cancellation));
        Assert.Equal(EngineFault.BadRequest, refused.Fault);
    }

    [Theory]
    [InlineData("http://2130706433/a.png")]
    [InlineData("http://0x7f000001/a.png")]
    [InlineData("http://0x7f.0.0.1/a.png")]
    [InlineData("http://0177.0.0.1/a.png")]
    [InlineData("http://127.1/a.png")]
    [InlineData("http://134744072/a.png")]
    [InlineData("http://[::ffff:127.0.0.1]/a.png")]
    [InlineData("http://[::1]/a.png")]
    [InlineData("http://localhost/a.png")]
    [InlineData("http://127.0.0.1/a.png")]
    [InlineData("http://user:secret@8.8.8.8/a.png")]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://8.8.8.8/a.png")]
    [InlineData("//8.8.8.8/a.png")]
    public async Task Fetch_UnusualOrPrivateAddress_IsRefused(string address)
    {
        using var fetcher = Fetcher(new FetchOptions());
        Assert.Equal(EngineFault.BadRequest, (await Assert.ThrowsAsync<EngineException>(() => fetcher.FetchAsync(address, Cancellation))).Fault);
    }

    [Fact]
    public async Task Fetch_RedirectToPrivateHost_IsRefused()
    {
        await using var hidden = await OtherServer.StartAsync(SendPicture);
        await using var server = await OtherServer.StartAsync(http => Redirect(http, $"{hidden.Address}a.png"));
        using var fetcher = Fetcher(new FetchOptions { AllowedHosts = [server.Authority] });
        Assert.Equal(EngineFault.BadRequest, (await Assert.ThrowsAsync<EngineException>(() => fetcher.FetchAsync(server.Address.ToString(), Cancellation))).Fault);
        Assert.Equal(0, hidden.Calls);
    }

    [Fact]
    public async Task Fetch_RedirectOnTheSameHost_IsFollowed()
    {
        await using var server = await OtherServer.StartAsync(http => http.Request.Path == "/a.png" ? SendPicture(http) : Redirect(http, "/a.png"));
        using var fetcher = Fetcher(new FetchOptions { AllowedHosts = [server.Authority] });
        Assert.Equal(Picture, await fetcher.FetchAsync(server.Address.ToString(), Cancellation));
    }

    [Fact]
    public async Task Fetch_RedirectsForEver_StopAfterTheLimit()
    {
        await using var server = await OtherServer.StartAsync(http => Redirect(http, "/again"));
        using var fetcher = Fetcher(new FetchOptions { AllowedHosts = [server.Authority], MaxRedirects = 3 });
        await Assert.ThrowsAsync<EngineException>(() => fetcher.FetchAsync(server.Address.ToString(), Cancellation));
        Assert.Equal(4, server.Calls);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Fetch_MoreBytesThanAllowed_IsCutOff(bool saysItsLength)
    {
        await using var server = await OtherServer.StartAsync(http =>
        {
            if (saysItsLength) http.Response.ContentLength = Picture.Length;
            return http.Response.Body.WriteAsync(Picture, http.RequestAborted).AsTask();
        });
        using var fetcher = Fetcher(new FetchOptions { AllowedHosts = [server.Authority], MaxBytes = Picture.Length - 1 });
        Assert.Equal(EngineFault.ImageTooLarge, (await Assert.ThrowsAsync<EngineException>(() => fetcher.FetchAsync(server.Address.ToString(), Cancellation))).Fault);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Fetch_ServerThatNeverEnds_IsCutOff(bool startsToAnswer)
    {
        await using var server = await OtherServer.StartAsync(async http =>
        {
            if (startsToAnswer) await http.Response.Body.WriteAsync(Picture, http.RequestAborted);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, http.RequestAborted);
        });
        using var fetcher = Fetcher(new FetchOptions { AllowedHosts = [server.Authority], DeadlineSeconds = 0.2 });
        Assert.Equal(EngineFault.Timeout, (await Assert.ThrowsAsync<EngineException>(() => fetcher.FetchAsync(server.Address.ToString(), Cancellation))).Fault);
    }

    [Fact]
    public async Task Fetch_ErrorPage_IsNoPicture()
    {
        await using var server = await OtherServer.StartAsync(http =>
        {
            http.Response.StatusCode = 404;
            return Task.CompletedTask;
        });
        using var fetcher = Fetcher(new FetchOptions { AllowedHosts = [server.Authority] });
        Assert.Contains("404", (await Assert.ThrowsAsync<EngineException>(() => fetcher.FetchAsync(server.Address.ToString(), Cancellation))).Message, StringComparison.Ordinal);
    }

    private static ImageFetcher Fetcher(FetchOptions options) => new(options, TimeProvider.System, Dns.GetHostAddressesAsync);

    private static Task SendPicture(HttpContext http) => http.Response.Body.WriteAsync(Picture, http.RequestAborted).AsTask();

    private static Task Redirect(HttpContext http, string to)
    {
        http.Response.Redirect(to);
        return Task.CompletedTask;
    }
}
