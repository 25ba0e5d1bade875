using GlmStudio.Engine;
using GlmStudio.Web.Engines;

namespace GlmStudio.Web.Features.Playground;

/// <summary>Asks an engine and writes the answer into a <see cref="Turn"/> piece by piece.</summary>
public sealed partial class AskEngine(EngineCatalog engines, TimeProvider time, ILogger<AskEngine> log)
{
    // Faster than this nobody reads, and every wake-up draws the page again.
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(80);

    /// <summary>Returns when the answer is complete, has failed or was stopped; all three are told by the turn.</summary>
    public async Task HandleAsync(Turn turn, IReadOnlyList<AskedField>? fields, int maxTokens, double temperature, Func<Task> onChange, CancellationToken cancellation)
    {
        try
        {
            var engine = engines.Find(turn.Engine) ?? throw new EngineException(EngineFault.BadRequest, engines.Missing(turn.Engine));
            await FollowAsync(engine, Request(turn, fields, maxTokens, temperature), turn, onChange, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            turn.WasStopped = true;
        }
        catch (EngineException error)
        {
            turn.Error = error.Message;
        }
        catch (Exception error)
        {
            LogUnexpected(error);
            turn.Error = "The engine met an unexpected error; the server's log has the details.";
        }
        turn.IsRunning = false;
        await onChange();
    }

    private static GlmRequest Request(Turn turn, IReadOnlyList<AskedField>? fields, int maxTokens, double temperature) => new()
    {
        Prompt = turn.Question, Fields = fields, Grounding = turn.Grounding, Form = fields is { Count: > 0 } ? AnswerForm.OfFields(fields, turn.Layout) : null,
        Images = [.. turn.Pictures.Select(p => new ImageInput(p.Bytes))],
        Sampling = new SamplingOptions { MaxTokens = maxTokens, Temperature = temperature },
    };

    private async Task FollowAsync(IGlmEngine engine, GlmRequest request, Turn turn, Func<Task> onChange, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        var shown = TimeSpan.Zero;
        await foreach (var update in engine.GenerateAsync(request, cancellation))
        {
            var elapsed = time.GetElapsedTime(started);
            turn.Add(update, elapsed);
            if (elapsed - shown < Pace) continue;
            shown = elapsed;
            await onChange();
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A question of the playground failed unexpectedly")]
    private partial void LogUnexpected(Exception error);
}
