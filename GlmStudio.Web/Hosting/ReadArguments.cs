using System.CommandLine;

namespace GlmStudio.Web.Hosting;

/// <summary>What the <c>read</c> verb was asked for.</summary>
public sealed record ReadArguments(string Images, string JsonLines, int? Limit)
{
    private static readonly Option<string> ImagesOption = new("--images") { Required = true, HelpName = "DIR", Description = "Folder of pictures and PDF files, sub-folders included." };
    private static readonly Option<string> JsonLinesOption = new("--jsonl") { Required = true, HelpName = "OUT.jsonl", Description = "Gets one JSON line a picture." };
    private static readonly Option<int?> LimitOption = new("--limit") { HelpName = "N", Description = "Only the first N files." };

    private static readonly Command Read = new("read", "Reads the printed text of a folder of pictures, one JSON line a picture (a page, where a file has several); "
        + "progress on standard error. Exit code 0; 2 for bad arguments; 130 after Ctrl+C, with what was read by then written.")
    {
        ImagesOption, JsonLinesOption, LimitOption,
    };

    /// <summary>Null where nothing is to be read: help was shown (exit code 0), or the line is wrong and the error output says how (2).</summary>
    public static (ReadArguments? Arguments, int ExitCode) Parse(string[] args, TextWriter output, TextWriter error)
    {
        var line = new RootCommand("GlmStudio") { Read }.Parse(["read", .. args]);
        if (line.Action is System.CommandLine.Help.HelpAction)
        {
            line.Invoke(new InvocationConfiguration { Output = output, Error = error });
            return (null, 0);
        }
        var faults = line.Errors.Select(e => e.Message).ToList();
        var arguments = faults.Count > 0 ? null : new ReadArguments(line.GetRequiredValue(ImagesOption), line.GetRequiredValue(JsonLinesOption), line.GetValue(LimitOption));
        if (arguments is not null && !Directory.Exists(arguments.Images)) faults.Add($"--images: there is no folder {Path.GetFullPath(arguments.Images)}.");
        if (arguments?.Limit is < 1) faults.Add($"--limit is {arguments.Limit}; it must be at least 1.");
        OutputFile.Check("--jsonl", arguments?.JsonLines, faults);
        if (faults.Count == 0) return (arguments, 0);
        foreach (var fault in faults) error.WriteLine(fault);
        error.WriteLine("Usage: read --images DIR --jsonl OUT.jsonl [--limit N]");
        return (null, Verbs.BadArguments);
    }
}
