using System.CommandLine;
using System.Text.Json;
using GlmStudio.Engine;
using GlmStudio.Engine.Images;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Engines;
using GlmStudio.Web.Features.Datasets.Uploads;
using Microsoft.Extensions.Options;

namespace GlmStudio.Web.Hosting;

/// <summary><c>bench (--model DIR | --random-weights CONFIG [--keep DIR]) [--picture FILE_OR_DIR] [--images N] [--size WxH,WxH,…] [--grounding WORD] [--prompt TEXT] [--new-tokens N,N,…]
/// [--concurrency N,N,…] [--json OUT] [--compare-json EARLIER]</c>: how fast a checkpoint answers here.</summary>
internal static class BenchVerb
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
    private static readonly Option<string?> Model = new("--model") { Description = "Checkpoint folder, or the name of one in the models folder." };
    private static readonly Option<string?> Random = new("--random-weights") { Description = "In place of a checkpoint: a config.json whose weights are made up; speed does not depend on them." };
    private static readonly Option<string?> Keep = new("--keep") { Description = "Folder where the made-up checkpoint stays; without it it goes afterwards." };
    private static readonly Option<string?> Picture = new("--picture") { Description = "A picture, or a folder of them, to ask about; without it pictures of noise." };
    private static readonly Option<int> Images = new("--images") { DefaultValueFactory = _ => 8, Description = "Pictures to ask about, one request each; few files are asked about again." };
    private static readonly Option<string> Size = new("--size") { DefaultValueFactory = _ => "512x384", Description = "Width and height of the pictures of noise; several, separated by commas, are measured one after the other." };
    private static readonly Option<string> Grounding = new("--grounding")
    {
        DefaultValueFactory = _ => GroundingWords.Of(default), Description = "Whether the checkpoint is given the pictures' printed text: default, pageText, pictureOnly, textOnly.",
    };
    private static readonly Option<string?> Prompt = new("--prompt") { Description = "What to ask." };
    private static readonly Option<string> Tokens = new("--new-tokens") { DefaultValueFactory = _ => "64", Description = "Most tokens of each answer; several likewise." };
    private static readonly Option<string> Concurrency = new("--concurrency") { DefaultValueFactory = _ => "1", Description = "Requests at a time; several likewise." };
    private static readonly Option<string?> Out = new("--json") { Description = "File for the figures." };
    private static readonly Option<string?> Compare = new("--compare-json") { Description = "Figures of an earlier run, to set beside these." };
    private static readonly Command Command = new("bench", "Measures a checkpoint.") { Model, Random, Keep, Picture, Images, Size, Grounding, Prompt, Tokens, Concurrency, Out, Compare };

    public static Verb Verb { get; } = new(Command.Name, RunAsync);

    private static async Task<int> RunAsync(string[] args, IServiceProvider services)
    {
        var line = new RootCommand("GlmStudio") { Command }.Parse([Command.Name, .. args]);
        if (line.Action is System.CommandLine.Help.HelpAction) return await line.InvokeAsync();
        if (line.Errors.Count > 0) return Fail(line.Errors[0].Message);
        using var interrupt = new Interrupt();
        var made = line.GetValue(Random) is null ? null : line.GetValue(Keep) ?? Directory.CreateTempSubdirectory("glm-random-").FullName;
        try
        {
            var plans = PlansOf(line, made);
            var earlier = EarlierOf(line.GetValue(Compare));
            if (made is not null) RandomCheckpoint.Write(line.GetValue(Random)!, made, interrupt.Token);
            return await MeasureAsync(services, plans, line.GetValue(Out), earlier, interrupt.Token);
        }
        catch (EngineException fault)
        {
            return Fail(fault.Message);
        }
        finally
        {
            if (made is not null && line.GetValue(Keep) is null) Directory.Delete(made, recursive: true);
        }
    }

    /// <exception cref="EngineException">The line asks for something that is not there.</exception>
    private static List<BenchPlan> PlansOf(ParseResult line, string? made)
    {
        var model = (line.GetValue(Model), made) switch
        {
            ({ } named, null) => named,
            (null, { } folder) => folder,
            _ => throw Bad("Name a checkpoint with --model, or a configuration with --random-weights: one of the two."),
        };
        var images = line.GetValue(Images);
        if (images < 1) throw Bad($"{Images.Name} is {images}; it is 1 or more.");
        if (GroundingWords.Find(line.GetValue(Grounding)) is not { } grounding) throw Bad($"--grounding is \"{line.GetValue(Grounding)}\"; it is one of {GroundingWords.List}.");
        var pictures = PicturesOf(line.GetValue(Picture));
        var plans =
            from size in pictures.Length > 0 ? [null] : Values(line, Size, SizeOf, "WIDTHxHEIGHT such as 512x384, or several such sizes: 512x384,1024x768").Cast<(int Width, int Height)?>()
            from tokens in Values(line, Tokens, CountOf, "1 or more, or several such numbers: 64,256")
            from requests in Values(line, Concurrency, CountOf, "1 or more, or several such numbers: 1,4,16")
            select new BenchPlan(model, images, size?.Width, size?.Height, tokens, requests) { Pictures = pictures, Grounding = GroundingWords.Of(grounding) };
        return [.. line.GetValue(Prompt) is { } prompt ? plans.Select(p => p with { Prompt = prompt }) : plans];
    }

    private static T[] Values<T>(ParseResult line, Option<string> option, Func<string, T?> read, string expected) where T : struct =>
        [.. line.GetValue(option)!.Split(',').Select(v => read(v) ?? throw Bad($"{option.Name} is \"{line.GetValue(option)}\"; it is {expected}."))];

    private static int? CountOf(string text) => int.TryParse(text, out var count) && count > 0 ? count : null;

    private static (int Width, int Height)? SizeOf(string text) =>
        text.Split('x', 'X') is [var width, var height] && CountOf(width) is { } across && CountOf(height) is { } down ? (across, down) : null;

    private static string[] PicturesOf(string? path)
    {
        if (path is null) return [];
        if (File.Exists(path)) return [Path.GetFullPath(path)];
        if (!Directory.Exists(path)) throw Bad($"--picture: there is no file or folder {Path.GetFullPath(path)}.");
        string[] found = [.. FolderScan.Of(Path.GetFullPath(path), CancellationToken.None).Pictures.Select(p => Path.GetFullPath(Path.Combine(path, p)))];
        return found.Length > 0 ? found : throw Bad($"--picture: the folder {Path.GetFullPath(path)} has no pictures.");
    }

    private static JsonElement? EarlierOf(string? file)
    {
        if (file is null) return null;
        if (!File.Exists(file)) throw Bad($"--compare-json: there is no file {Path.GetFullPath(file)}.");
        try
        {
            return JsonElement.Parse(File.ReadAllBytes(file));
        }
        catch (JsonException fault)
        {
            throw Bad($"--compare-json: {Path.GetFullPath(file)} is not valid JSON: {fault.Message}");
        }
    }

    private static async Task<int> MeasureAsync(IServiceProvider services, List<BenchPlan> plans, string? json, JsonElement? earlier, CancellationToken cancellation)
    {
        var options = services.GetRequiredService<IOptions<ModelOptions>>().Value;
        options.Slots = Math.Max(options.Slots, plans.Max(p => p.Concurrency));
        var folder = services.GetRequiredService<CheckpointFolders>().Find(plans[0].Model) ?? throw Bad($"There is no checkpoint folder \"{plans[0].Model}\".");
        var figures = await Bench.RunAsync(folder, plans, services.GetRequiredService<ImageReader>(), services.GetRequiredService<PageTranscripts>(),
            options.ToEngine(services.GetRequiredService<GlmEngineOptions>().CacheFolder!), cancellation);
        var text = figures is [var only] ? JsonSerializer.Serialize(only, Json) : JsonSerializer.Serialize(figures, Json);
        Console.WriteLine(text);
        if (json is not null) await File.WriteAllTextAsync(json, text, cancellation);
        if (earlier is { } before)
            foreach (var difference in BenchComparison.Lines(JsonElement.Parse(text), before)) Console.WriteLine(difference);
        return 0;
    }

    private static EngineException Bad(string message) => new(EngineFault.BadRequest, message);

    private static int Fail(string message)
    {
        Console.Error.WriteLine(message);
        return Verbs.BadArguments;
    }
}
