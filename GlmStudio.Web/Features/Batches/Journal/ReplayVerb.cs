using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using GlmStudio.Web.Domain.Journal;

namespace GlmStudio.Web.Features.Batches.Journal;

/// <summary><c>replay</c>: asks one row again and prints the verdict as one JSON line.</summary>
internal static class ReplayVerb
{
    private const int BadArguments = 2;
    private const int Differs = 4;
    private static readonly JsonSerializerOptions Line = new(JsonSerializerOptions.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly Option<long> RowOption = new("--row") { Required = true, HelpName = "ID", Description = "The row's id, as the row's window and the journal of the API show it." };
    private static readonly Command Replay = new("replay", "Asks one row's question again and compares: bit-equal, token-equal, or differs at which token and by what margin. "
        + "Exit code 0 where the answer is the same; 2 for bad arguments; 3 where it cannot be asked again; 4 where it differs.") { RowOption };

    public static Task<int> RunAsync(string[] args, IServiceProvider services) =>
        RunAsync(args, services.GetRequiredService<ReplayRow>(), Console.Out, Console.Error);

    /// <summary>The verb with its streams.</summary>
    internal static async Task<int> RunAsync(string[] args, ReplayRow replay, TextWriter output, TextWriter error)
    {
        var line = new RootCommand("GlmStudio") { Replay }.Parse(["replay", .. args]);
        if (line.Action is System.CommandLine.Help.HelpAction)
        {
            line.Invoke(new InvocationConfiguration { Output = output, Error = error });
            return 0;
        }
        foreach (var fault in line.Errors) await error.WriteLineAsync(fault.Message);
        if (line.Errors.Count > 0) return BadArguments;
        var result = await replay.HandleAsync(line.GetRequiredValue(RowOption), CancellationToken.None);
        await error.WriteLineAsync(result.Sentence.ToString());
        await output.WriteLineAsync(JsonSerializer.Serialize(ReplayAnswer.Of(result), Line));
        return result.Verdict.Outcome switch
        {
            ReplayOutcome.Cannot => 3,
            ReplayOutcome.Differs => Differs,
            _ => 0,
        };
    }
}
