using GlmStudio.Web.Data;

namespace GlmStudio.Web.Hosting;

/// <summary>The first word of the command line: none serves; every feature that has a verb registers it as a <see cref="Verb"/>.</summary>
public static class Verbs
{
    /// <summary>The exit code where the line itself is wrong.</summary>
    public const int BadArguments = 2;

    // Standard output belongs to a verb's result: the log goes to standard error, and only what matters. Settings on the line win.
    private static readonly string[] Quiet = ["--Logging:Console:LogToStandardErrorThreshold=Trace", "--Logging:LogLevel:Default=Warning"];

    public static async Task<int> RunAsync(string[] args, Func<string[], WebApplication> build)
    {
        var name = args.FirstOrDefault() is { } first && !first.StartsWith('-') ? first : null;
        if (name is null) return await Server.RunAsync(build(args));
        var (settings, rest) = Shorthands.Split(args[1..]);
        await using var app = build([.. Quiet, .. settings]);
        var verb = app.Services.GetServices<Verb>().FirstOrDefault(v => v.Name == name);
        if (verb is null)
        {
            await Console.Error.WriteLineAsync(
                $"Unknown verb \"{name}\". Known: {string.Join(", ", app.Services.GetServices<Verb>().Select(v => v.Name))}; without a verb the program serves.");
            return BadArguments;
        }
        await app.Services.GetRequiredService<StudioDatabase>().MigrateAsync(CancellationToken.None);
        return await verb.RunAsync(rest, app.Services);
    }
}

/// <summary>One verb of the command line.</summary>
/// <param name="Name">The first word.</param>
/// <param name="RunAsync">Runs it with the rest of the line, settings taken out, and returns the exit code.</param>
public sealed record Verb(string Name, Func<string[], IServiceProvider, Task<int>> RunAsync);
