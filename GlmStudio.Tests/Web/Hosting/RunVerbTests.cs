using System.Text.Json;
using GlmStudio.Engine;
using GlmStudio.Tests.Support;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace GlmStudio.Tests.Web.Hosting;

/// <summary>The verb in this process, on the sample receipts, with an engine that answers the labels or not.</summary>
public sealed class RunVerbTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("glm-run-");
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Handle_PicturesWithLabels_WritesFiguresReportAndLines()
    {
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(new FakeEngine(_ => """{"date": "2026-03-01", "total": "1.00"}""")));
        var arguments = Arguments() with { Labels = Repository.At("samples/receipts/labels.xlsx"), Report = At("out.xlsx"), JsonLines = At("out.jsonl") };
        Assert.Equal(0, await RunAsync(studio, arguments));
        var line = LastLine();
        Assert.Equal((12, 12, 0), (line.GetProperty("rows").GetInt32(), line.GetProperty("answered").GetInt32(), line.GetProperty("failed").GetInt32()));
        Assert.InRange(line.GetProperty("fields").GetProperty("total").GetProperty("similarity").GetDouble(), 0.01, 1);
        Assert.Equal(12, (await File.ReadAllLinesAsync(At("out.jsonl"), Cancellation)).Length);
        Assert.Equal("PK"u8.ToArray(), (await File.ReadAllBytesAsync(At("out.xlsx"), Cancellation))[..2]);
        Assert.Contains("12/12 answered, ", _error.ToString(), StringComparison.Ordinal);
        Assert.Empty(_folder.GetFiles("*.part"));
    }

    [Fact]
    public async Task Handle_SameFolderAgain_IsANewBatchOnTheStoredPictures()
    {
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(new FakeEngine()));
        Assert.Equal(0, await RunAsync(studio, Arguments() with { Limit = 2 }));
        var stored = Directory.GetFiles(Path.Combine(studio.DataFolder, "store/images"), "*", SearchOption.AllDirectories).Length;
        Assert.Equal(0, await RunAsync(studio, Arguments() with { Limit = 2 }));
        Assert.Equal(stored, Directory.GetFiles(Path.Combine(studio.DataFolder, "store/images"), "*", SearchOption.AllDirectories).Length);
        await using var db = studio.OpenDatabase();
        Assert.All(await db.Batches.ToListAsync(Cancellation), b => Assert.Equal((BatchStatus.Finished, 2, null), (b.Status, b.RowCount, b.Owner)));
        Assert.Equal(2, db.Batches.Count());
    }

    [Fact]
    public async Task Handle_EveryRowFails_IsExitCode3WithReasons()
    {
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(new FakeEngine(_ => throw new EngineException(EngineFault.UnreadableImage, "Too dark."))));
        Assert.Equal(3, await RunAsync(studio, Arguments() with { Limit = 2 }));
        Assert.Equal(2, LastLine().GetProperty("failed").GetInt32());
        Assert.Contains("Too dark.", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Handle_DefaultThatIsNotThere_SaysSoAndTheReaderAnswers()
    {
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(new FakeEngine()), "--Models:Default=absent", "--Logging:LogLevel:Default=None");
        Assert.Equal(0, await RunAsync(studio, Arguments() with { Limit = 1 }));
        Assert.Contains("Models:Default is \"absent\"; the reader answers instead.", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Handle_DefaultCheckpoint_IsLoadedAndRecorded()
    {
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(new FakeEngine()), $"--Models:Default={TinyCheckpoint.Folder}", "--Models:ContextTokens=16");
        Assert.Equal(3, await RunAsync(studio, Arguments() with { Limit = 1 }));
        await using var db = studio.OpenDatabase();
        Assert.Equal(TinyCheckpoint.Name, db.Batches.Single().Engine);
    }

    public static TheoryData<string, Func<RunArguments, RunArguments>, string> Refusals => new()
    {
        { "engine", a => a with { Engine = "gpt" }, "There is no engine or checkpoint folder named \"gpt\"" },
        { "template", a => a with { Template = "slop" }, "There is no template \"slop\"" },
        { "map", a => a with { Labels = "x", Map = new Dictionary<string, string> { ["tax"] = "Tax" } }, "the template has no field \"tax\"" },
        { "column", a => a with { Labels = Repository.At("samples/receipts/labels.xlsx"), Map = new Dictionary<string, string> { ["total"] = "Sum" } }, "Sum" },
        { "images", a => a with { Images = Repository.At("native") }, "has no pictures" },
    };

    [Theory]
    [MemberData(nameof(Refusals), DisableDiscoveryEnumeration = true)]
    public async Task Handle_WhatIsNotThere_IsExitCode2AndLeavesNothing(string _, Func<RunArguments, RunArguments> spoil, string expected)
    {
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(new FakeEngine()));
        Assert.Equal(2, await RunAsync(studio, spoil(Arguments() with { Limit = 1 })));
        Assert.Contains(expected, _error.ToString(), StringComparison.Ordinal);
        Assert.Empty(_output.ToString());
        await using var db = studio.OpenDatabase();
        Assert.Empty(db.Batches);
        Assert.Empty(db.Datasets);
    }

    [Fact]
    public async Task Handle_InterruptedMidway_WritesWhatIsAnswered()
    {
        using var interrupt = new CancellationTokenSource();
        var engine = new FakeEngine();
        engine.Gate = async (_, cancellation) =>
        {
            if (engine.Calls <= 2) return;
            await interrupt.CancelAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellation);
        };
        await using var studio = await StudioApp.StartAsync(s => s.UseEngine(engine));
        Assert.Equal(130, await RunAsync(studio, Arguments() with { JsonLines = At("out.jsonl") }, interrupt));
        var lines = (await File.ReadAllLinesAsync(At("out.jsonl"), Cancellation)).Select(l => JsonSerializer.Deserialize<JsonElement>(l)).ToList();
        var answered = lines.Count(l => l.GetProperty("status").GetString() == "answered");
        // The second of two at once may still be on its way when the third one interrupts.
        Assert.InRange(answered, 1, 2);
        Assert.Equal(12 - answered, lines.Count(l => l.GetProperty("status").GetString() == "cancelled"));
        Assert.Equal(answered, LastLine().GetProperty("answered").GetInt32());
    }

    public void Dispose()
    {
        _folder.Delete(recursive: true);
        _output.Dispose();
        _error.Dispose();
    }

    private static RunArguments Arguments() =>
        new(Repository.At("samples/receipts"), "receipt", null, new Dictionary<string, string>(), null, null, null, null);

    private string At(string name) => Path.Combine(_folder.FullName, name);

    private Task<int> RunAsync(StudioApp studio, RunArguments arguments, CancellationTokenSource? interrupt = null) =>
        ActivatorUtilities.CreateInstance<RunVerb>(studio.Services).HandleAsync(arguments, new RunProgress(_error, isTerminal: false), _output, interrupt?.Token ?? CancellationToken.None);

    private JsonElement LastLine() => JsonSerializer.Deserialize<JsonElement>(_output.ToString().TrimEnd().Split('\n')[^1]);
}
