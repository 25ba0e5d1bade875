using System.Diagnostics;

namespace GlmStudio.Tests.Support;

/// <summary>Runs the scripts that users start from, with a Python that has <c>requests</c>.</summary>
public static class Python
{
    private static readonly Lazy<Task<string>> Program = new(FindAsync);

    /// <summary>Runs a script of the repository and returns what it printed; a script that fails fails the test with its errors.</summary>
    public static async Task<string> RunAsync(string script, params string[] arguments)
    {
        var (code, output, errors) = await StartAsync(await Program.Value, [Repository.At(script), .. arguments]);
        Assert.True(code == 0, $"{script} ended with {code}:\n{errors}");
        return output;
    }

    private static async Task<string> FindAsync()
    {
        string[] names = [Environment.GetEnvironmentVariable("PYTHON") ?? "", "python3", "/usr/bin/python3"];
        foreach (var name in names.Where(n => n is not ""))
            if (await HasRequestsAsync(name)) return name;
        throw new InvalidOperationException("No Python with the package requests (Debian: apt-get install python3 python3-requests).");
    }

    private static async Task<bool> HasRequestsAsync(string program)
    {
        try
        {
            return (await StartAsync(program, ["-c", "import requests"])).Code == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static async Task<(int Code, string Output, string Errors)> StartAsync(string program, IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await errors);
    }
}
