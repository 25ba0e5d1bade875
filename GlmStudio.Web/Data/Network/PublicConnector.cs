using System.Net;
using System.Net.Sockets;

namespace GlmStudio.Web.Data.Network;

/// <summary>Connects to hosts of the public internet, and to private ones only where a setting names them.</summary>
/// <remarks>A name is resolved once, every address it has is checked, and the connection goes to a checked address: a name that changes
/// its mind between check and use gains nothing.</remarks>
/// <param name="allowed">Hosts (<c>nas.local</c>) or hosts and ports (<c>nas.local:8080</c>) that may be private.</param>
/// <param name="resolve">The addresses of a name.</param>
/// <param name="refuse">What is thrown for a host that is neither public nor allowed.</param>
internal sealed class PublicConnector(IReadOnlyList<string> allowed, Func<string, CancellationToken, Task<IPAddress[]>> resolve, Func<string, Exception> refuse)
{
    /// <summary>A handler that connects this way; it follows no redirect and uses no proxy, cookie or stored credential.</summary>
    public SocketsHttpHandler CreateHandler() => new()
    {
        AllowAutoRedirect = false, UseCookies = false, UseProxy = false, PreAuthenticate = false, MaxResponseHeadersLength = 32,
        PooledConnectionLifetime = TimeSpan.FromMinutes(1), ConnectCallback = (context, cancellation) => ConnectAsync(context.DnsEndPoint, cancellation),
    };

    private async ValueTask<Stream> ConnectAsync(DnsEndPoint target, CancellationToken cancellation)
    {
        var addresses = IPAddress.TryParse(target.Host, out var literal) ? [literal] : await resolve(target.Host, cancellation);
        if (!IsAllowed(target) && !addresses.All(PublicAddress.Is)) throw refuse(target.Host);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, target.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private bool IsAllowed(DnsEndPoint target) =>
        allowed.Any(a => a.Equals(target.Host, StringComparison.OrdinalIgnoreCase) || a.Equals($"{target.Host}:{target.Port}", StringComparison.OrdinalIgnoreCase));
}
