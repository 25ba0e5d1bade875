using System.Text.Json;
using GlmStudio.Engine;
using Microsoft.AspNetCore.Http.Features;

namespace GlmStudio.Web.Features.Inference;

/// <summary>An answer as server-sent events while it grows, <c>data: [DONE]</c> at the end.</summary>
internal static partial class EventStream
{
    /// <summary>Sends the answer. A question that cannot be answered at all is thrown, for an ordinary error: the first piece decides the status.</summary>
    /// <param name="http">The call.</param>
    /// <param name="answer">The answer as it grows.</param>
    /// <param name="events">A piece's events; none where there is nothing to tell.</param>
    /// <param name="fault">The event of a fault in the middle.</param>
    /// <param name="log">Told of unexpected faults.</param>
    public static async Task<IResult> SendAsync<TEvent, TFault>(
        HttpContext http, IAsyncEnumerable<TextUpdate> answer, Func<TextUpdate, IEnumerable<TEvent>> events, Func<string, TFault> fault, ILogger log)
    {
        await using var updates = answer.GetAsyncEnumerator(http.RequestAborted);
        var more = await updates.MoveNextAsync();
        http.Response.ContentType = "text/event-stream; charset=utf-8";
        http.Response.Headers.CacheControl = "no-cache";
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        try
        {
            for (; more; more = await updates.MoveNextAsync())
                foreach (var piece in events(updates.Current)) await SendAsync(http, JsonSerializer.Serialize(piece, Doors.Json));
        }
        catch (EngineException error)
        {
            await SendAsync(http, JsonSerializer.Serialize(fault(error.Message), Doors.Json));
        }
        catch (Exception error) when (!http.RequestAborted.IsCancellationRequested)
        {
            LogUnexpected(log, error);
            await SendAsync(http, JsonSerializer.Serialize(fault(Doors.Unexpected), Doors.Json));
        }
        await SendAsync(http, "[DONE]");
        return Results.Empty;
    }

    private static async Task SendAsync(HttpContext http, string data)
    {
        await http.Response.WriteAsync($"data: {data}\n\n", http.RequestAborted);
        await http.Response.Body.FlushAsync(http.RequestAborted);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A streamed answer failed unexpectedly")]
    private static partial void LogUnexpected(ILogger log, Exception error);
}
