using System.CommandLine;
using System.Text.Json;
using GlmStudio.Web.Data;
using GlmStudio.Web.Engines;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace GlmStudio.Web.Hosting.BenchBatch;

/// <summary><c>bench-batch [--rows N] [--images N] [--concurrency N] [--json OUT]</c>: what a large batch costs beside its model. It serves meanwhile, so that pages are
/// measured as a browser gets them. <c>--data</c> or <c>Studio:Database</c> must name an empty place.</summary>
internal static class BenchBatchVerb
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
    private static readonly Option<int> Rows = new("--rows") { DefaultValueFactory = _ => 100_000, Description = "Rows of the batch." };
    private static readonly Option<int> Images = new("--images") { DefaultValueFactory = _ => 500_000, Description = "Pictures of a second dataset, which is given one more." };
    private static readonly Option<int> Concurrency = new("--concurrency") { DefaultValueFactory = _ => 1, Description = "Rows answered at a time." };
    private static readonly Option<string?> Out = new("--json") { Description = "File for the figures." };
    private static readonly Command Command = new("bench-batch", "Measures a large batch.") { Rows, Images, Concurrency, Out };

    public static Verb Verb { get; } = new(Command.Name, RunAsync);

    private static async Task<int> RunAsync(string[] args, IServiceProvider services)
    {
        var line = new RootCommand("GlmStudio") { Command }.Parse([Command.Name, .. args]);
        if (line.Action is System.CommandLine.Help.HelpAction) return await line.InvokeAsync();
        if (line.Errors.Count > 0) return Fail(line.Errors[0].Message);
        if (new[] { Rows, Images, Concurrency }.FirstOrDefault(o => line.GetValue(o) < 1) is { } low) return Fail($"{low.Name} is {line.GetValue(low)}; it is 1 or more.");
        await using (var db = services.GetRequiredService<StudioDatabase>().CreateDbContext())
            if (await db.Datasets.AnyAsync()) return Fail("There are datasets already. Name an empty place with --data DIR, or another Studio:Database.");
        var plan = new BatchPlan(line.GetValue(Rows), line.GetValue(Images), line.GetValue(Concurrency));
        using var interrupt = new Interrupt();
        var engine = new InstantEngine(plan.Concurrency);
        await using var app = Studio.Build(SettingsOf(services), engine.AddTo);
        var (dashboard, _) = await Server.StartAsync(app);
        try
        {
            var bench = ActivatorUtilities.CreateInstance<BatchBench>(app.Services, engine, new RunProgress(Console.Error, isTerminal: !Console.IsErrorRedirected));
            var text = JsonSerializer.Serialize(await bench.RunAsync(plan, dashboard, interrupt.Token), Json);
            Console.WriteLine(text);
            if (line.GetValue(Out) is { } json) await File.WriteAllTextAsync(json, text, interrupt.Token);
            return 0;
        }
        catch (OperationCanceledException) when (interrupt.Token.IsCancellationRequested)
        {
            return Fail("Interrupted.");
        }
        finally
        {
            await app.StopAsync();
        }
    }

    private static string[] SettingsOf(IServiceProvider services)
    {
        var database = services.GetRequiredService<IOptions<StudioOptions>>().Value.Database;
        return [$"--Studio:Data={services.GetRequiredService<DataFolder>().Path}", $"--Studio:Database={database}", "--Studio:WebPort=0", "--Studio:ApiPort=0",
            "--Studio:Samples=false", "--Models:Default=reader", "--Logging:Console:LogToStandardErrorThreshold=Trace", "--Logging:LogLevel:Default=Warning"];
    }

    private static int Fail(string message)
    {
        Console.Error.WriteLine(message);
        return Verbs.BadArguments;
    }
}
