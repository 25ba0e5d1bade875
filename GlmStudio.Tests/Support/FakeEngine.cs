using System.Runtime.CompilerServices;
using System.Text.Json;
using GlmStudio.Engine;

namespace GlmStudio.Tests.Support;

/// <summary>Answers from a function; counts what it was asked. The one fake of the test suite: it stands at the engine's seam.</summary>
public sealed class FakeEngine(Func<GlmRequest, string>? answer = null, string name = "reader") : IGlmEngine
{
    private int _calls;

    public EngineInfo Info { get; init; } = new(name, "fake", "Answers from a function.", "cpu", 2);

    /// <summary>How often it was asked.</summary>
    public int Calls => _calls;

    /// <summary>Awaited before each answer; a test holds rows here.</summary>
    public Func<GlmRequest, CancellationToken, Task> Gate { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>What it says; null: the function it was made with.</summary>
    public Func<GlmRequest, string>? Answer { get; set; }

    /// <summary>Where it says it found the values.</summary>
    public IReadOnlyList<FieldReading> Readings { get; set; } = [];

    /// <summary>All updates of an answer, where a test needs more than text.</summary>
    public Func<GlmRequest, IEnumerable<TextUpdate>>? Updates { get; set; }

    public async IAsyncEnumerable<TextUpdate> GenerateAsync(GlmRequest request, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        Interlocked.Increment(ref _calls);
        await Gate(request, cancellation);
        foreach (var update in Updates?.Invoke(request) ?? Whole(request)) yield return update;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private IEnumerable<TextUpdate> Whole(GlmRequest request)
    {
        var text = (Answer ?? answer ?? Echo)(request);
        yield return new TextUpdate(text);
        yield return new TextUpdate("") { Finish = FinishReason.Stop, Usage = new TokenUsage(request.Prompt.Length, text.Length), Readings = Readings };
    }

    private static string Echo(GlmRequest request) => request.Fields is { } fields
        ? JsonSerializer.Serialize(fields.ToDictionary(f => f.Key, f => $"{f.Key} value"))
        : $"echo: {request.Prompt}";
}
