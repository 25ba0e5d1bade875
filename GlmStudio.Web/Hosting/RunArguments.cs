using System.CommandLine;
using GlmStudio.Engine;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Features.Batches;

namespace GlmStudio.Web.Hosting;

/// <summary>What the <c>run</c> verb was asked for, checked as far as the line alone can be.</summary>
public sealed record RunArguments(string Images, string Template, string? Labels, IReadOnlyDictionary<string, string> Map, string? Report, string? JsonLines,
    string? Engine, int? Limit)
{
    /// <summary>Whether the engine is given the pages' printed text; null: as the template says.</summary>
    public Grounding? Grounding { get; init; }

    /// <summary>How often each picture is asked.</summary>
    public int Repeats { get; init; } = 1;

    /// <summary>Whether the engine is asked even where the same work has been answered before.</summary>
    public bool IsAnew { get; init; }

    private static readonly Option<string> ImagesOption = new("--images") { Required = true, HelpName = "DIR", Description = "Folder of pictures and PDF files, sub-folders included." };
    private static readonly Option<string> TemplateOption = new("--template") { Required = true, HelpName = "NAME_OR_FILE", Description = "A template's key (receipt, invoice, …) or its JSON file." };
    private static readonly Option<string?> LabelsOption = new("--labels") { HelpName = "FILE.xlsx", Description = "Excel or CSV sheet with the right values; the answers are scored against it." };
    private static readonly Option<string[]> MapOption = new("--map") { HelpName = "key=column", AllowMultipleArgumentsPerToken = true, Description = "Label column of a field, where its name is not the field's key. May be repeated." };
    private static readonly Option<string?> ReportOption = new("--report") { HelpName = "OUT.xlsx", Description = "Writes the Excel report." };
    private static readonly Option<string?> JsonLinesOption = new("--jsonl") { HelpName = "OUT.jsonl", Description = "Writes one JSON line a picture." };
    private static readonly Option<string?> EngineOption = new("--engine") { HelpName = "NAME_OR_DIR", Description = "An engine's name or a checkpoint folder; without it, or with \"default\", the engine of Models:Default." };
    private static readonly Option<string?> GroundingOption = new("--grounding") { HelpName = "default|pageText|pictureOnly|textOnly", Description = "Whether the engine is given the pages' printed text; without it as the template says." };
    private static readonly Option<int?> LimitOption = new("--limit") { HelpName = "N", Description = "Only the first N pictures." };
    private static readonly Option<int> RepeatsOption = new("--repeats") { HelpName = "N", DefaultValueFactory = _ => 1, Description = "Asks each picture N times; the answers are rows of their own." };
    private static readonly Option<bool> AnewOption = new("--anew") { Description = "Asks the engine even where the same work has been answered before in this data folder." };

    private static readonly Command Run = new("run", "Answers a folder of pictures: progress on standard error, one JSON line with the figures last on standard output. "
        + "Exit code 0; 2 for bad arguments; 3 where every row failed; 130 after Ctrl+C. "
        + "Settings work here too: --data DIR (all state in one folder), --Section:Key=value.")
    {
        ImagesOption, TemplateOption, LabelsOption, MapOption, ReportOption, JsonLinesOption, EngineOption, GroundingOption, LimitOption, RepeatsOption, AnewOption,
    };

    /// <summary>Null where nothing is to be run: help was shown (exit code 0), or the line is wrong and the error output says how (2).</summary>
    public static (RunArguments? Arguments, int ExitCode) Parse(string[] args, TextWriter output, TextWriter error)
    {
        var root = new RootCommand("GlmStudio") { Run };
        var line = root.Parse(["run", .. args]);
        if (line.Action is System.CommandLine.Help.HelpAction)
        {
            line.Invoke(new InvocationConfiguration { Output = output, Error = error });
            return (null, 0);
        }
        var faults = line.Errors.Select(e => e.Message).ToList();
        var arguments = faults.Count == 0 ? Read(line, faults) : null;
        if (faults.Count == 0) return (arguments, 0);
        foreach (var fault in faults) error.WriteLine(fault);
        error.WriteLine("Usage: run --images DIR --template NAME_OR_FILE [--labels FILE.xlsx] [--map key=column …] [--report OUT.xlsx] [--jsonl OUT.jsonl] "
            + "[--engine NAME_OR_DIR] [--grounding default|pageText|pictureOnly|textOnly] [--limit N] [--repeats N] [--anew]   (run --help explains each)");
        return (null, Verbs.BadArguments);
    }

    private static RunArguments Read(ParseResult line, List<string> faults)
    {
        var arguments = new RunArguments(line.GetRequiredValue(ImagesOption), line.GetRequiredValue(TemplateOption), line.GetValue(LabelsOption),
            ReadMap(line.GetValue(MapOption) ?? [], faults), line.GetValue(ReportOption), line.GetValue(JsonLinesOption), Default(line.GetValue(EngineOption)), line.GetValue(LimitOption))
        {
            Grounding = line.GetValue(GroundingOption) is { } word ? GroundingWords.Find(word) : null,
            Repeats = line.GetValue(RepeatsOption), IsAnew = line.GetValue(AnewOption),
        };
        if (line.GetValue(GroundingOption) is { } grounding && arguments.Grounding is null) faults.Add($"--grounding is {grounding}; it is one of {GroundingWords.List}.");
        if (!Directory.Exists(arguments.Images)) faults.Add($"--images: there is no folder {Path.GetFullPath(arguments.Images)}.");
        if (arguments.Labels is { } labels && !File.Exists(labels)) faults.Add($"--labels: there is no file {Path.GetFullPath(labels)}.");
        if (arguments.Map.Count > 0 && arguments.Labels is null) faults.Add("--map says which label column a field has: it needs --labels.");
        if (arguments.Limit is < 1) faults.Add($"--limit is {arguments.Limit}; it must be at least 1.");
        if (arguments.Repeats is < 1 or > CheckBatch.MaxRepeats) faults.Add($"--repeats is {arguments.Repeats}; it goes from 1 to {CheckBatch.MaxRepeats}.");
        OutputFile.Check("--report", arguments.Report, faults);
        OutputFile.Check("--jsonl", arguments.JsonLines, faults);
        return arguments;
    }

    private static string? Default(string? engine) => engine is "default" ? null : engine;

    private static Dictionary<string, string> ReadMap(string[] pairs, List<string> faults)
    {
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in pairs)
        {
            var at = pair.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0 || at == pair.Length - 1) faults.Add($"--map: \"{pair}\" is not of the form key=column.");
            else if (!map.TryAdd(pair[..at].Trim(), pair[(at + 1)..].Trim())) faults.Add($"--map: the field \"{pair[..at].Trim()}\" is mapped twice.");
        }
        return map;
    }
}
