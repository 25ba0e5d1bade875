using System.Runtime.CompilerServices;
using GlmStudio.Engine;

namespace GlmStudio.Web.Engines;

/// <summary>Answers at once and always the same, so that what is measured is everything but the model.</summary>
internal sealed class InstantEngine(int concurrency) : IGlmEngine
{
    public const string Name = "instant";
    private const string Answer = """{"company":"Ten Kindly Cafe","date":"2026-05-04","address":"12 Long Street, 50000 Kuala Lumpur","total":"12.30"}""";

    private int _answers;

    public EngineInfo Info { get; } = new(Name, "bench", "Answers at once.", "cpu", concurrency);

    /// <summary>Adds it to the engines of a program.</summary>
    public void AddTo(IServiceCollection services) => services.AddSingleton<IGlmEngine>(this);

    /// <summary>How often it has answered.</summary>
    public int Answers => Volatile.Read(ref _answers);

    public async IAsyncEnumerable<TextUpdate> GenerateAsync(GlmRequest request, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await Task.CompletedTask;
        cancellation.ThrowIfCancellationRequested();
        Interlocked.Increment(ref _answers);
        yield return new TextUpdate(Answer) { Finish = FinishReason.Stop, Usage = new TokenUsage(1, 40) };
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
