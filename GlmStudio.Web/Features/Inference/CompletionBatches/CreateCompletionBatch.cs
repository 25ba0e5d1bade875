using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Web.Features.Inference.CompletionBatches;

/// <summary>Makes a batch of a file; its lines are checked and answered in the background.</summary>
public sealed class CreateCompletionBatch(IDbContextFactory<StudioDbContext> databases, ChangeFeed changes, TimeProvider time)
{
    public const string OnlyEndpoint = "/v1/chat/completions";
    public const string OnlyWindow = "24h";
    private const int MaxKey = 255;
    private const int MaxMetadata = 16;

    /// <param name="wanted">What the client asks for.</param>
    /// <param name="key">The client's <c>Idempotency-Key</c>: the same key gives the same batch again.</param>
    /// <param name="cancellation">Stops before saving.</param>
    public async Task<BatchMade> HandleAsync(NewBatchShape wanted, string? key, CancellationToken cancellation)
    {
        if (FindFault(wanted, key) is { } fault) return fault;
        await using var db = databases.CreateDbContext();
        if (await FindSameAsync(db, wanted, key, cancellation) is { } same) return same;
        if (await db.ApiFiles.AsNoTracking().SingleOrDefaultAsync(f => f.Id == wanted.InputFileId, cancellation) is not { } file)
            return new(400, $"There is no file \"{wanted.InputFileId}\". Send it to /v1/files first.", "input_file_id");
        if (file.Purpose != "batch") return new(400, $"The file \"{file.Id}\" is for \"{file.Purpose}\"; a batch reads one that was sent with the purpose batch.", "input_file_id");
        var now = time.GetUtcNow().UtcDateTime;
        var batch = new CompletionBatch
        {
            Id = $"batch_{Guid.NewGuid():n}", InputFileId = file.Id, Endpoint = OnlyEndpoint, Window = OnlyWindow, Metadata = wanted.Metadata ?? [], IdempotencyKey = key,
            CreatedAt = now, ExpiresAt = now.AddHours(24),
        };
        db.CompletionBatches.Add(batch);
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException) when (key is not null)
        {
            // The same call came twice at one time; the other one made it.
            db.ChangeTracker.Clear();
            return await FindSameAsync(db, wanted, key, cancellation) ?? throw new InvalidOperationException("The batch could not be saved.");
        }
        changes.Raise("completion-batch", 0);
        return new(batch);
    }

    private static BatchMade? FindFault(NewBatchShape wanted, string? key)
    {
        if (string.IsNullOrWhiteSpace(wanted.InputFileId)) return new(400, "\"input_file_id\" is missing: send a file to /v1/files and name its id.", "input_file_id");
        if (wanted.Endpoint != OnlyEndpoint) return new(400, $"\"endpoint\" is \"{wanted.Endpoint}\"; only {OnlyEndpoint} is supported.", "endpoint");
        if (wanted.CompletionWindow != OnlyWindow) return new(400, $"\"completion_window\" is \"{wanted.CompletionWindow}\"; only {OnlyWindow} is supported.", "completion_window");
        if (wanted.Metadata is { } notes && (notes.Count > MaxMetadata || notes.Any(n => n.Key.Length > 64 || n.Value is null || n.Value.Length > 512)))
            return new(400, $"\"metadata\" holds at most {MaxMetadata} pairs, keys up to 64 and texts up to 512 characters.", "metadata");
        return key is { Length: 0 or > MaxKey } ? new(400, $"The Idempotency-Key has {key.Length} characters; it has 1 to {MaxKey}.", "Idempotency-Key") : null;
    }

    private static async Task<BatchMade?> FindSameAsync(StudioDbContext db, NewBatchShape wanted, string? key, CancellationToken cancellation)
    {
        if (key is null || await db.CompletionBatches.AsNoTracking().SingleOrDefaultAsync(b => b.IdempotencyKey == key, cancellation) is not { } same) return null;
        var metadata = wanted.Metadata ?? [];
        return same.InputFileId == wanted.InputFileId && same.Metadata.Count == metadata.Count && !same.Metadata.Except(metadata).Any()
            ? new(same)
            : new(422, $"The Idempotency-Key was used for another batch ({same.Id}). Use a new one.", "Idempotency-Key");
    }
}

/// <summary>The batch, or why there is none.</summary>
public sealed record BatchMade(CompletionBatch? Batch, int Status, string? Problem, string? Param)
{
    public BatchMade(CompletionBatch batch) : this(batch, 200, null, null)
    {
    }

    public BatchMade(int status, string problem, string param) : this(null, status, problem, param)
    {
    }
}
