using System.Net;
using System.Net.Sockets;

namespace GlmStudio.Web.Data.Network;

/// <summary>Tells addresses of the public internet from all others (IANA special-purpose registries, RFC 6890 and its updates).</summary>
internal static class PublicAddress
{
    private static readonly IPNetwork[] SpecialIPv4 = Networks(
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
        "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4");

    // Only 2000::/3 is global unicast; within it these are special or carry an IPv4 address (Teredo, 6to4) that could be a private one.
    // NAT64 (64:ff9b::/96), loopback, link-local, unique-local and multicast are outside 2000::/3.
    private static readonly IPNetwork GlobalIPv6 = IPNetwork.Parse("2000::/3");
    private static readonly IPNetwork[] SpecialIPv6 = Networks("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

    public static bool Is(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetwork
            ? !SpecialIPv4.Any(n => n.Contains(address))
            : GlobalIPv6.Contains(address) && !SpecialIPv6.Any(n => n.Contains(address));
    }

    private static IPNetwork[] Networks(params string[] networks) => [.. networks.Select(n => IPNetwork.Parse(n))];
}
