using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace GlmStudio.Web.Features.Schedules.Messages;

/// <summary>Where people reach the dashboard: the setting, or the first address that the server listens on.</summary>
public sealed class DashboardAddress(IServer server, IOptions<ScheduleOptions> options)
{
    public Uri Of(string path)
    {
        var root = options.Value.PublicUrl is { Length: > 0 } set ? set : Listening();
        return new Uri(new Uri(root.EndsWith('/') ? root : root + "/"), path);
    }

    private string Listening()
    {
        if (server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() is not { } first) return "http://localhost/";
        var uri = new UriBuilder(first);
        if (IPAddress.TryParse(uri.Host.Trim('[', ']'), out var address))
            uri.Host = IPAddress.IsLoopback(address) ? "localhost" : address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any) ? Dns.GetHostName() : uri.Host;
        return uri.Uri.AbsoluteUri;
    }
}
