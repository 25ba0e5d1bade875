namespace GlmStudio.Web;

/// <summary>One verb of the command line.</summary>
/// <param name="Name">The first word.</param>
/// <param name="RunAsync">Runs it with the rest of the line and returns the exit code.</param>
public sealed record Verb(string Name, Func<string[], IServiceProvider, Task<int>> RunAsync);
