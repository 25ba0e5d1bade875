using GlmStudio.Web.Data;

namespace GlmStudio.Web.Hosting;

/// <summary>The first word of the command line: none serves; every feature that has a verb registers it as a <see cref="Verb"/>.</summary>
public static class Verbs
{
    public static async Task<int> RunAsync(string[] args, Func<string[], WebApplication> build)
    {
        var name = args.FirstOrDefault() is { } first && !first.StartsWith('-') ? first : null;
        if (name is null) return await Server.RunAsync(build(args));
        // Options of the verb and settings share the line; the verb says which it did not know.
        await using var app = build([.. args.Skip(1).Where(a => a.StartsWith("--", StringComparison.Ordinal) && a.Contains(':') && a.Contains('='))]);
        var verb = app.Services.GetServices<Verb>().FirstOrDefault(v => v.Name == name);
        if (verb is null)
        {
            await Console.Error.WriteLineAsync($"Unknown verb \"{name}\". Known: {string.Join(", ", app.Services.GetServices<Verb>().Select(v => v.Name))}; without a verb the program serves.");
            return 2;
        }
        await app.Services.GetRequiredService<StudioDatabase>().MigrateAsync(CancellationToken.None);
        return await verb.RunAsync([.. args.Skip(1)], app.Services);
    }
}
