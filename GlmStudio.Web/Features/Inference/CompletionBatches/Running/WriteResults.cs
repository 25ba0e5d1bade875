using System.Globalization;
using System.Text.Json;
using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Web.Features.Inference.CompletionBatches.Running;

/// <summary>Writes a batch's answers and errors as two files, in the order of the input, and ends it. A file without a line is not made.</summary>
internal sealed class WriteResults(IDbContextFactory<StudioDbContext> databases, ApiFileStore store, LineClaims claims, TimeProvider time)
{
    private const int LinesAtATime = 500;
    private static readonly JsonWriterOptions Json = new() { Encoder = Doors.Json.Encoder };

    /// <summary>The last step: the batch has its files and its last status.</summary>
    /// <param name="batchId">A batch that is finalizing or cancelling.</param>
    /// <param name="cancellation">The process stops: the next one writes them again.</param>
    public async Task HandleAsync(string batchId, CancellationToken cancellation)
    {
        await using var db = databases.CreateDbContext();
        var batch = await db.CompletionBatches.AsNoTracking().SingleAsync(b => b.Id == batchId, cancellation);
        var left = await db.CompletionLines.AnyAsync(l => l.BatchId == batchId && l.Status == CompletionLineStatus.Waiting, cancellation);
        var last = batch.Status == CompletionBatchStatus.Cancelling ? CompletionBatchStatus.Cancelled : left ? CompletionBatchStatus.Expired : CompletionBatchStatus.Completed;
        var output = await WriteAsync(db, batch, "output", l => l.Status == CompletionLineStatus.Answered, last, cancellation);
        var errors = await WriteAsync(db, batch, "error", l => l.Status != CompletionLineStatus.Answered, last, cancellation);
        await claims.EndAsync(batch, last, output, errors, time.GetUtcNow().UtcDateTime, cancellation);
    }

    /// <summary>The id follows from the batch's: a second attempt writes the same file.</summary>
    private async Task<ApiFile?> WriteAsync(StudioDbContext db, CompletionBatch batch, string kind, System.Linq.Expressions.Expression<Func<CompletionLine, bool>> belongs,
        CompletionBatchStatus last, CancellationToken cancellation)
    {
        var lines = db.CompletionLines.AsNoTracking().Where(l => l.BatchId == batch.Id).Where(belongs);
        var missing = await lines.CountAsync(cancellation);
        if (missing == 0) return null;
        var id = $"file-{batch.Id["batch_".Length..]}-{kind}";
        var length = await store.WriteAsync(id, async stream =>
        {
            var after = 0;
            while (await lines.Where(l => l.Number > after).OrderBy(l => l.Number).Take(LinesAtATime).ToListAsync(cancellation) is [.., var end] chunk)
            {
                foreach (var line in chunk) await stream.WriteAsync(Line(line, last), cancellation);
                (after, missing) = (end.Number, missing - chunk.Count);
            }
            // Another process that thought this one dead has ended the batch: its whole file must not be replaced by half of one.
            if (missing > 0) throw new InvalidOperationException($"{missing} lines of {batch.Id} went away while its files were written.");
        });
        return new ApiFile { Id = id, Name = $"{batch.Id}_{kind}.jsonl", Purpose = "batch_output", ByteCount = length, CreatedAt = time.GetUtcNow().UtcDateTime };
    }

    private static ReadOnlyMemory<byte> Line(CompletionLine line, CompletionBatchStatus last)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Json))
        {
            var name = line.Id.ToString("x", CultureInfo.InvariantCulture);
            json.WriteStartObject();
            json.WriteString("id", $"batch_req_{name}");
            json.WriteString("custom_id", line.CustomId);
            if (line.Response is null) WriteLeft(json, last);
            else WriteResponse(json, line, name);
            json.WriteEndObject();
        }
        bytes.WriteByte((byte)'\n');
        return bytes.ToArray();
    }

    private static void WriteResponse(Utf8JsonWriter json, CompletionLine line, string name)
    {
        json.WriteStartObject("response");
        json.WriteNumber("status_code", line.StatusCode!.Value);
        json.WriteString("request_id", $"req_{name}");
        json.WritePropertyName("body");
        json.WriteRawValue(line.Response!);
        json.WriteEndObject();
        json.WriteNull("error");
    }

    private static void WriteLeft(Utf8JsonWriter json, CompletionBatchStatus last)
    {
        json.WriteNull("response");
        json.WriteStartObject("error");
        json.WriteString("code", last == CompletionBatchStatus.Cancelled ? "batch_cancelled" : "batch_expired");
        json.WriteString("message", last == CompletionBatchStatus.Cancelled ? "The batch was cancelled before this line was answered." : "The completion window ended before this line was answered.");
        json.WriteEndObject();
    }
}
