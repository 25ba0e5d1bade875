using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Threading.Channels;
using GlmStudio.Engine;
using GlmStudio.Tests.Support;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

[assembly: HostingStartup(typeof(SlowEngineStartup))]

namespace GlmStudio.Tests.Support;

/// <summary>The real program in a process of its own, which a test may kill.</summary>
public sealed class SecondProcess : IDisposable
{
    private readonly Process _process;
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();

    private SecondProcess(Process process, Uri dashboard, Uri api)
    {
        (_process, Http, Dashboard, Api) = (process, new HttpClient { BaseAddress = api }, dashboard, api);
        _ = ReadOutputAsync();
    }

    public Uri Dashboard { get; }
    public Uri Api { get; }
    public HttpClient Http { get; }

    /// <summary>Serves the data folder on free ports with the engine <c>slow</c>, which writes the picture of each question to a file and takes its time.</summary>
    public static async Task<SecondProcess> ServeAsync(string data, string calls, CancellationToken cancellation, int milliseconds = 30, params string[] settings)
    {
        // Where these tests themselves run in the background of a shell, they ignore Ctrl+C, and so would their child.
        var process = Process.Start(new ProcessStartInfo("env",
            ["--default-signal=INT", "dotnet", Path.Combine(AppContext.BaseDirectory, "GlmStudio.Web.dll"), $"--data={data}", "--web-port=0", "--api-port=0", "--Studio:Samples=false", "--Models:Default=reader", .. settings])
        {
            RedirectStandardOutput = true,
            Environment = { ["DOTNET_STARTUP_HOOKS"] = typeof(SecondProcess).Assembly.Location, [SlowEngineStartup.CallsVariable] = calls, [SlowEngineStartup.MillisecondsVariable] = milliseconds.ToString(CultureInfo.InvariantCulture) },
        })!;
        Uri? dashboard = null;
        while (await process.StandardOutput.ReadLineAsync(cancellation) is { } line)
        {
            if (line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is not [var name, var address, ..]) continue;
            if (name == "Dashboard") dashboard = new Uri(address);
            if (name == "API") return new SecondProcess(process, dashboard!, new Uri(address));
        }
        throw new InvalidOperationException("The program ended before it was ready.");
    }

    /// <summary>Reads what the program logs from here on until a line holds one of the texts.</summary>
    public async Task UntilSaysAsync(CancellationToken cancellation, params string[] texts)
    {
        await foreach (var line in _lines.Reader.ReadAllAsync(cancellation))
            if (texts.Any(t => line.Contains(t, StringComparison.Ordinal))) return;
        throw new InvalidOperationException($"The program ended and did not say: {string.Join(" | ", texts)}");
    }

    /// <summary>Asks until the answer is as wanted.</summary>
    public async Task<JsonElement> UntilAsync(string path, Func<JsonElement, bool> wanted, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (await timer.WaitForNextTickAsync(cancellation))
            if (await Http.GetFromJsonAsync<JsonElement>(path, cancellation) is var answer && wanted(answer)) return answer;
        throw new OperationCanceledException();
    }

    /// <summary>SIGKILL: no handler runs, nothing is flushed.</summary>
    public async Task KillAsync(CancellationToken cancellation)
    {
        _process.Kill();
        await _process.WaitForExitAsync(cancellation);
    }

    /// <summary>SIGSTOP: it stands still and knows nothing of it.</summary>
    public Task FreezeAsync(CancellationToken cancellation) => SignalAsync("STOP", cancellation);

    /// <summary>SIGCONT.</summary>
    public Task ThawAsync(CancellationToken cancellation) => SignalAsync("CONT", cancellation);

    /// <summary>SIGTERM: it ends in order, and this when it has ended.</summary>
    public async Task TerminateAsync(CancellationToken cancellation)
    {
        await SignalAsync("TERM", cancellation);
        await _process.WaitForExitAsync(cancellation);
    }

    /// <summary>SIGINT, which is Ctrl+C, time after time until it has ended.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> InterruptUntilEndedAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!_process.HasExited)
        {
            await SignalAsync("INT", cancellation);
            await timer.WaitForNextTickAsync(cancellation);
        }
        return _process.ExitCode;
    }

    // The shell's own kill is everywhere.
    private async Task SignalAsync(string signal, CancellationToken cancellation)
    {
        using var kill = Process.Start("sh", ["-c", string.Create(CultureInfo.InvariantCulture, $"kill -{signal} {_process.Id}")]);
        await kill.WaitForExitAsync(cancellation);
        Assert.True(kill.ExitCode == 0 || _process.HasExited);
    }

    // Somebody must read, or the program blocks when the pipe is full.
    private async Task ReadOutputAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line) _lines.Writer.TryWrite(line);
        _lines.Writer.Complete();
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
        Http.Dispose();
    }
}

/// <summary>Adds the engine <c>slow</c> in a second process; does nothing in this one. With <c>--Slow:Answers=N</c> it answers N questions and no more:
/// whoever is to be killed amid its work is still at it, however late the killer comes.</summary>
public sealed class SlowEngineStartup : IHostingStartup
{
    public const string CallsVariable = "GLM_TEST_CALLS";
    public const string MillisecondsVariable = "GLM_TEST_MILLISECONDS";
    private static readonly Lock Writing = new();

    public void Configure(IWebHostBuilder builder)
    {
        if (Environment.GetEnvironmentVariable(CallsVariable) is not { Length: > 0 } calls) return;
        var time = TimeSpan.FromMilliseconds(int.Parse(Environment.GetEnvironmentVariable(MillisecondsVariable)!, CultureInfo.InvariantCulture));
        builder.ConfigureServices((context, services) => services.AddSingleton<IGlmEngine>(Slow(calls, time, context.Configuration.GetValue("Slow:Answers", int.MaxValue))));
    }

    private static FakeEngine Slow(string calls, TimeSpan time, int answers)
    {
        var asked = 0;
        return new FakeEngine(name: "slow")
        {
            Gate = async (request, cancellation) =>
            {
                lock (Writing) File.AppendAllText(calls, System.Text.Encoding.UTF8.GetString(request.Images[0].Bytes.Span) + "\n");
                await Task.Delay(Interlocked.Increment(ref asked) > answers ? Timeout.InfiniteTimeSpan : time, TimeProvider.System, cancellation);
            },
        };
    }
}
