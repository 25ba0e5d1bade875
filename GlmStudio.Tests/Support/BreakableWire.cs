using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace GlmStudio.Tests.Support;

/// <summary>A wire between the program and its PostgreSQL server that a test may cut and mend: the server is away for this program only.</summary>
public sealed class BreakableWire : IAsyncDisposable
{
    private readonly ConcurrentBag<TcpClient> _ends = [];
    private readonly int _server;
    private readonly int _port;
    private TcpListener? _listener;

    /// <param name="connection">The server's connection string.</param>
    public BreakableWire(string connection)
    {
        var direct = new NpgsqlConnectionStringBuilder(connection);
        _server = direct.Port;
        Mend();
        _port = ((IPEndPoint)_listener!.LocalEndpoint).Port;
        direct.Port = _port;
        ConnectionString = direct.ConnectionString;
    }

    /// <summary>For <c>--Studio:Database=…</c>.</summary>
    public string ConnectionString { get; }

    /// <summary>Breaks every connection; new ones are refused.</summary>
    public void Cut()
    {
        _listener!.Stop();
        while (_ends.TryTake(out var end)) end.Close();
    }

    /// <summary>Lets connections through again.</summary>
    public void Mend()
    {
        _listener = new TcpListener(IPAddress.Loopback, _port);
        _listener.Start();
        _ = AcceptAsync(_listener);
    }

    public ValueTask DisposeAsync()
    {
        Cut();
        return ValueTask.CompletedTask;
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true) _ = JoinAsync(await listener.AcceptTcpClientAsync());
        }
        catch (Exception cut) when (cut is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Cut.
        }
    }

    private async Task JoinAsync(TcpClient near)
    {
        var far = new TcpClient();
        _ends.Add(near);
        _ends.Add(far);
        try
        {
            await far.ConnectAsync(IPAddress.Loopback, _server);
            await Task.WhenAny(near.GetStream().CopyToAsync(far.GetStream()), far.GetStream().CopyToAsync(near.GetStream()));
        }
        catch (Exception cut) when (cut is SocketException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // Cut.
        }
        near.Close();
        far.Close();
    }
}
