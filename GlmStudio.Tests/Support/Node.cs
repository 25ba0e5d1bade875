using System.Diagnostics;

namespace GlmStudio.Tests.Support;

/// <summary>Runs scripts of <c>Fixtures/Node</c> with the packages of the tests' own <c>package.json</c>.</summary>
public static class Node
{
    /// <summary>Runs a script and returns what it printed; a script that fails fails the test with its errors.</summary>
    public static async Task<string> RunAsync(string script, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("node", [Repository.At($"GlmStudio.Tests/Fixtures/Node/{script}"), .. arguments])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"{script} ended with {process.ExitCode}:\n{await errors}");
        return await output;
    }
}
