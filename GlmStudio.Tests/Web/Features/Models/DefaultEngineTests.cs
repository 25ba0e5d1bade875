using System.Collections.Concurrent;
using GlmStudio.Tests.Support;
using GlmStudio.Tests.Web.Features.Inference;
using GlmStudio.Web.Engines;
using GlmStudio.Web.Features.Models;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GlmStudio.Tests.Web.Features.Models;

/// <summary>The setting <c>Models:Default</c>.</summary>
public sealed class DefaultEngineTests
{
    [Fact]
    public async Task Start_CheckpointFolder_AnswersFromTheCheckpoint()
    {
        await using var studio = await Doorstep.OpenAsync($"--Models:Default={TinyCheckpoint.Folder}", "--Models:ContextTokens=512");
        await LoadedAsync(studio);
        var (status, body) = await studio.PostAsync("/v1/chat", new { question = "合计？", max_tokens = 3 });
        Assert.Equal((200, TinyCheckpoint.Name), (status, body.GetProperty("model").GetString()));
    }

    [Fact]
    public async Task Start_FolderThatIsNoCheckpoint_LeavesTheReaderAndSaysSo()
    {
        using var log = new Lines();
        var folder = Directory.CreateTempSubdirectory("glm-damaged-");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "config.json"), "{}", TestContext.Current.CancellationToken);
        await using var studio = await StudioApp.StartAsync(s =>
        {
            s.UseEngine(new FakeEngine(_ => "from the reader"));
            s.AddSingleton<ILoggerProvider>(log);
        }, $"--Models:Default={folder.FullName}");
        await LoadedAsync(studio);
        var (_, body) = await studio.PostAsync("/v1/chat", new { question = "a" });
        folder.Delete(recursive: true);
        Assert.Equal(("from the reader", "reader"), (body.GetProperty("answer").GetString(), body.GetProperty("model").GetString()));
        var line = Assert.Single(log.Errors);
        Assert.Contains(folder.FullName, line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_NameThatIsNotThere_LeavesTheReader()
    {
        await using var studio = await Doorstep.OpenAsync("--Models:Default=absent", "--Logging:LogLevel:Default=None");
        await LoadedAsync(studio);
        Assert.Equal("reader", studio.Get<EngineCatalog>().Find(null)!.Info.Name);
    }

    private static Task LoadedAsync(StudioApp studio) => studio.Services.GetServices<IHostedService>().OfType<DefaultEngine>().Single().ExecuteTask!;

    /// <summary>The errors that the program logged.</summary>
    private sealed class Lines : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Errors { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel)) Errors.Enqueue(formatter(state, exception));
        }

        public void Dispose()
        {
        }
    }
}
