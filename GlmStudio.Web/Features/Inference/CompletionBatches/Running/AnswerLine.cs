using System.Text.Json;
using GlmStudio.Engine;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Features.Inference.Completions;

namespace GlmStudio.Web.Features.Inference.CompletionBatches.Running;

/// <summary>Answers one line through the same handler as <c>/v1/chat/completions</c>, after everybody who waits for an answer now.</summary>
internal sealed partial class AnswerLine(AnswerQuestion answers, PrepareCompletion prepare, ApiFileStore store, ILogger<AnswerLine> log)
{
    /// <param name="inputFileId">The file with the line.</param>
    /// <param name="line">The line.</param>
    /// <param name="model">The engine that the whole batch asks.</param>
    /// <param name="cancellation">Stops it; the line is not answered then.</param>
    /// <returns>The status and the body that a live call would have had.</returns>
    public async Task<(int Status, string Body)> HandleAsync(string inputFileId, CompletionLine line, string? model, CancellationToken cancellation)
    {
        try
        {
            if (BatchRequest.Read(new InputLine(line.Number, line.Offset, await ReadAsync(inputFileId, line, cancellation)), []) is not { } request)
                return Failed(400, "The line can no longer be read: the file has changed.");
            var (ready, refused) = prepare.Handle(request.Body with { Model = model });
            if (ready is null) return Failed(refused!.Status, refused.Message, refused.Param, refused.Code);
            var answer = await answers.HandleAsync(ready.Question with { IsBackground = true }, cancellation);
            return (StatusCodes.Status200OK, JsonSerializer.Serialize(ready.Form.Whole(answer), Doors.Json));
        }
        catch (EngineException error)
        {
            return Failed(Doors.StatusOf(error.Fault), error.Message);
        }
        catch (Exception error) when (error is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            LogUnexpected(error, line.BatchId, line.Number);
            return Failed(StatusCodes.Status500InternalServerError, Doors.Unexpected);
        }
    }

    private async Task<byte[]> ReadAsync(string fileId, CompletionLine line, CancellationToken cancellation)
    {
        await using var file = store.OpenRead(fileId);
        file.Position = line.Offset;
        var bytes = new byte[line.Length];
        await file.ReadExactlyAsync(bytes, cancellation);
        return bytes;
    }

    private static (int, string) Failed(int status, string message, string? param = null, string? code = null) =>
        (status, JsonSerializer.Serialize(CompletionError.Of(status, message, param, code), Doors.Json));

    [LoggerMessage(Level = LogLevel.Error, Message = "Line {Line} of batch {BatchId} failed unexpectedly")]
    private partial void LogUnexpected(Exception error, string batchId, int line);
}
