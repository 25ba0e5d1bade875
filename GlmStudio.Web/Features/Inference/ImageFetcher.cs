using System.Net;
using System.Net.Sockets;
using GlmStudio.Engine;
using GlmStudio.Web.Data.Network;
using Microsoft.Extensions.Options;

namespace GlmStudio.Web.Features.Inference;

/// <summary>Fetches a picture that a caller names by address, and nothing that only this machine can reach.</summary>
/// <remarks>Redirects are followed here, so that <see cref="PublicConnector"/> checks each target the same way.</remarks>
public sealed class ImageFetcher : IDisposable
{
    private readonly FetchOptions _options;
    private readonly TimeProvider _time;
    private readonly HttpMessageInvoker _http;

    public ImageFetcher(IOptions<FetchOptions> options, TimeProvider time) : this(options.Value, time, Dns.GetHostAddressesAsync)
    {
    }

    internal ImageFetcher(FetchOptions options, TimeProvider time, Func<string, CancellationToken, Task<IPAddress[]>> resolve)
    {
        (_options, _time) = (options, time);
        _http = new HttpMessageInvoker(new PublicConnector(options.AllowedHosts, resolve, Refusal).CreateHandler());
    }

    /// <summary>The bytes at an address.</summary>
    /// <exception cref="EngineException">The address is not permitted, does not answer in time, or answers with too much or with an error.</exception>
    public async Task<byte[]> FetchAsync(string address, CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(_options.DeadlineSeconds), _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        try
        {
            return await FollowAsync(Parse(address), both.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new EngineException(EngineFault.Timeout, $"{Shown(address)} did not answer within {_options.DeadlineSeconds:0.##} s. Send the picture itself, or raise Fetch:DeadlineSeconds.");
        }
        catch (HttpRequestException error) when (error.InnerException is EngineException refused)
        {
            throw refused;
        }
        catch (Exception error) when (error is HttpRequestException or IOException or SocketException)
        {
            throw new EngineException(EngineFault.UnreadableImage, $"{Shown(address)} could not be fetched: {error.Message}", error);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<byte[]> FollowAsync(Uri address, CancellationToken cancellation)
    {
        for (var redirects = 0; ; redirects++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.Accept.ParseAdd("image/*, application/pdf, */*;q=0.1");
            request.Headers.UserAgent.ParseAdd("GlmStudio/0.1");
            using var response = await _http.SendAsync(request, cancellation);
            if (!IsRedirect(response)) return await ReadAsync(response, address, cancellation);
            if (redirects == _options.MaxRedirects)
                throw new EngineException(EngineFault.BadRequest, $"{Shown(address.OriginalString)} redirects more than {_options.MaxRedirects} times.");
            address = Parse(new Uri(address, response.Headers.Location!).AbsoluteUri);
        }
    }

    private static bool IsRedirect(HttpResponseMessage response) =>
        (int)response.StatusCode is 301 or 302 or 303 or 307 or 308 && response.Headers.Location is not null;

    private async Task<byte[]> ReadAsync(HttpResponseMessage response, Uri address, CancellationToken cancellation)
    {
        if (!response.IsSuccessStatusCode)
            throw new EngineException(EngineFault.UnreadableImage, $"{Shown(address.OriginalString)} answered {(int)response.StatusCode}, not a picture.");
        if (response.Content.Headers.ContentLength > _options.MaxBytes) throw TooLarge(address);
        await using var body = await response.Content.ReadAsStreamAsync(cancellation);
        using var bytes = new MemoryStream((int)(response.Content.Headers.ContentLength ?? 0));
        var buffer = new byte[1 << 16];
        int read;
        while ((read = await body.ReadAsync(buffer, cancellation)) > 0)
        {
            if (bytes.Length + read > _options.MaxBytes) throw TooLarge(address);
            bytes.Write(buffer, 0, read);
        }
        return bytes.ToArray();
    }

    private EngineException TooLarge(Uri address) =>
        new(EngineFault.ImageTooLarge, $"{Shown(address.OriginalString)} has more than {_options.MaxBytes:N0} bytes, the limit of Fetch:MaxBytes.");

    // An IP address must be written the one usual way: decimal, octal and hexadecimal forms exist to get past somebody's check.
    private static Uri Parse(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            throw new EngineException(EngineFault.BadRequest, $"{Shown(address)} is not an http or https address.");
        if (uri.UserInfo is not "") throw new EngineException(EngineFault.BadRequest, "The picture's address carries a user name; addresses with credentials are not fetched.");
        if (uri.HostNameType == UriHostNameType.IPv4 && !address.Contains($"//{uri.Host}", StringComparison.Ordinal))
            throw new EngineException(EngineFault.BadRequest, $"{Shown(address)} writes an IP address in an unusual form; write {uri.Host}.");
        return uri;
    }

    private static EngineException Refusal(string host) => new(EngineFault.BadRequest,
        $"{host} is not on the public internet, so it is not fetched. If it may be, add it to the setting Fetch:AllowedHosts.");

    private static string Shown(string address) => address.Length <= 120 ? address : address[..120] + "…";
}
