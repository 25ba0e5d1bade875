using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace GlmStudio.Tests.Support;

/// <summary>nginx with <c>deploy/nginx/glm-studio.conf</c> as it is, but for names, ports and folders, in front of two nodes.</summary>
public sealed class NginxProxy : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("glm-nginx-");
    private string _certificate = "";
    private Process? _server;

    private NginxProxy(int http, int https) =>
        (Plain, Secure) = (new UriBuilder(Uri.UriSchemeHttp, "localhost", http).Uri, new UriBuilder(Uri.UriSchemeHttps, "localhost", https).Uri);

    public Uri Plain { get; }
    public Uri Secure { get; }

    public static async Task<NginxProxy> StartAsync(SecondProcess first, SecondProcess second, CancellationToken cancellation)
    {
        var proxy = new NginxProxy(FreePort(), FreePort());
        proxy.WriteCertificate();
        await File.WriteAllTextAsync(proxy.At("site.conf"), proxy.Adapted(await File.ReadAllTextAsync(Repository.At("deploy/nginx/glm-studio.conf"), cancellation), first, second), cancellation);
        await File.WriteAllTextAsync(proxy.At("nginx.conf"), proxy.Around(), cancellation);
        proxy._server = Process.Start(new ProcessStartInfo("nginx", ["-p", proxy._folder.FullName, "-c", proxy.At("nginx.conf"), "-g", "daemon off;"]) { RedirectStandardError = true });
        await proxy.UntilItListensAsync(cancellation);
        return proxy;
    }

    /// <summary>The port of the node that answered each request so far, in order; of several that were tried the last.</summary>
    public IReadOnlyList<int> Answered() => [.. File.ReadAllLines(At("access.log")).Select(line => int.TryParse(line[(line.LastIndexOf(':') + 1)..], CultureInfo.InvariantCulture, out var port) ? port : 0)];

    /// <summary>Whether a certificate is the one made for this proxy.</summary>
    public bool Owns(X509Certificate? certificate) => certificate?.GetCertHashString(HashAlgorithmName.SHA256) == _certificate;

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            // SIGTERM ends its worker as well, SIGKILL would leave that behind.
            using var kill = Process.Start("sh", ["-c", string.Create(CultureInfo.InvariantCulture, $"kill -TERM {_server.Id}")]);
            await kill.WaitForExitAsync();
            await _server.WaitForExitAsync();
            _server.Dispose();
        }
        _folder.Delete(recursive: true);
    }

    private string At(string name) => Path.Combine(_folder.FullName, name);

    private string Adapted(string site, SecondProcess first, SecondProcess second) => site
        .Replace("node1:7860", first.Dashboard.Authority, StringComparison.Ordinal).Replace("node2:7860", second.Dashboard.Authority, StringComparison.Ordinal)
        .Replace("node1:8000", first.Api.Authority, StringComparison.Ordinal).Replace("node2:8000", second.Api.Authority, StringComparison.Ordinal)
        .Replace("listen [::]:443 ssl;", "", StringComparison.Ordinal).Replace("listen [::]:80;", "", StringComparison.Ordinal)
        .Replace("listen 443 ", string.Create(CultureInfo.InvariantCulture, $"listen 127.0.0.1:{Secure.Port} "), StringComparison.Ordinal)
        .Replace("listen 80;", string.Create(CultureInfo.InvariantCulture, $"listen 127.0.0.1:{Plain.Port};"), StringComparison.Ordinal)
        .Replace("/etc/nginx/certificates", _folder.FullName, StringComparison.Ordinal);

    private string Around() => $$"""
        pid {{At("pid")}};
        error_log stderr;
        {{(Environment.IsPrivilegedProcess ? "user root;" : "")}}
        events {}
        http {
            log_format node "$upstream_addr";
            access_log {{At("access.log")}} node;
            client_body_temp_path {{At("body")}};
            proxy_temp_path {{At("proxy")}};
            fastcgi_temp_path {{At("fastcgi")}};
            uwsgi_temp_path {{At("uwsgi")}};
            scgi_temp_path {{At("scgi")}};
            include {{At("site.conf")}};
        }
        """;

    private void WriteCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        _certificate = certificate.GetCertHashString(HashAlgorithmName.SHA256);
        File.WriteAllText(At("studio.crt"), certificate.ExportCertificatePem());
        File.WriteAllText(At("studio.key"), key.ExportPkcs8PrivateKeyPem());
    }

    private async Task UntilItListensAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (await timer.WaitForNextTickAsync(cancellation))
        {
            if (_server!.HasExited) throw new InvalidOperationException($"nginx ended: {await _server.StandardError.ReadToEndAsync(cancellation)}");
            using var client = new TcpClient();
            try
            {
                await client.ConnectAsync(IPAddress.Loopback, Secure.Port, cancellation);
                _ = _server.StandardError.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
                return;
            }
            catch (SocketException)
            {
                // Not yet.
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
