using System.CommandLine;
using System.Text.Json;
using GlmStudio.Engine;
using GlmStudio.Engine.Images;
using GlmStudio.Web.Engines;
using Microsoft.Extensions.Options;

namespace GlmStudio.Web.Hosting;

/// <summary><c>bench --model DIR [--images N] [--size WxH] [--new-tokens N] [--concurrency N] [--json OUT]</c>: how fast a checkpoint answers here.</summary>
internal static class BenchVerb
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static Verb Verb { get; } = new("bench", RunAsync);

    private static async Task<int> RunAsync(string[] args, IServiceProvider services)
    {
        var model = new Option<string>("--model") { Required = true, Description = "Checkpoint folder, or the name of one in the models folder." };
        var images = new Option<int>("--images") { DefaultValueFactory = _ => 8, Description = "Different pictures to ask about." };
        var size = new Option<string>("--size") { DefaultValueFactory = _ => "512x384", Description = "Width and height of the pictures." };
        var tokens = new Option<int>("--new-tokens") { DefaultValueFactory = _ => 64, Description = "Tokens of each answer." };
        var concurrency = new Option<int>("--concurrency") { DefaultValueFactory = _ => 1, Description = "Requests at a time." };
        var json = new Option<string?>("--json") { Description = "File for the figures." };
        var command = new RootCommand("Measures a checkpoint.") { model, images, size, tokens, concurrency, json };
        var exit = 0;
        command.SetAction(async (line, cancellation) =>
        {
            var sides = line.GetValue(size)!.Split('x', 'X');
            if (sides.Length != 2 || !int.TryParse(sides[0], out var width) || !int.TryParse(sides[1], out var height) || width < 1 || height < 1)
            {
                exit = Fail($"--size is \"{line.GetValue(size)}\", expected WIDTHxHEIGHT such as 512x384.");
                return;
            }
            if (new[] { images, tokens, concurrency }.FirstOrDefault(o => line.GetValue(o) < 1) is { } low)
            {
                exit = Fail($"{low.Name} is {line.GetValue(low)}; it is 1 or more.");
                return;
            }
            exit = await MeasureAsync(services, new BenchPlan(line.GetValue(model)!, line.GetValue(images), width, height, line.GetValue(tokens), line.GetValue(concurrency)), line.GetValue(json), cancellation);
        });
        var parsed = command.Parse(args);
        return parsed.Errors.Count > 0 ? Fail(parsed.Errors[0].Message) : await parsed.InvokeAsync() is var code and not 0 ? code : exit;
    }

    private static async Task<int> MeasureAsync(IServiceProvider services, BenchPlan plan, string? json, CancellationToken cancellation)
    {
        var options = services.GetRequiredService<IOptions<ModelOptions>>().Value;
        options.Slots = Math.Max(options.Slots, plan.Concurrency);
        var folder = services.GetRequiredService<CheckpointFolders>().Find(plan.Model);
        if (folder is null) return Fail($"There is no checkpoint folder \"{plan.Model}\".");
        try
        {
            var figures = await Bench.RunAsync(folder, plan, services.GetRequiredService<ImageReader>(), options.ToEngine(services.GetRequiredService<GlmEngineOptions>().CacheFolder!), cancellation);
            var text = JsonSerializer.Serialize(figures, Json);
            Console.WriteLine(text);
            if (json is not null) await File.WriteAllTextAsync(json, text, cancellation);
            return 0;
        }
        catch (EngineException fault)
        {
            return Fail(fault.Message);
        }
    }

    private static int Fail(string message)
    {
        Console.Error.WriteLine(message);
        return Verbs.BadArguments;
    }
}
