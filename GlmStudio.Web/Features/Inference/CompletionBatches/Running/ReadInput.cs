using GlmStudio.Engine;
using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Engines;
using GlmStudio.Web.Features.Inference.Completions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace GlmStudio.Web.Features.Inference.CompletionBatches.Running;

/// <summary>Checks a batch's whole input before the first token: either every line can be asked, or the batch fails with all faults together.</summary>
internal sealed class ReadInput(IDbContextFactory<StudioDbContext> databases, ApiFileStore store, PrepareCompletion prepare, EngineCatalog engines,
    IOptions<CompletionBatchOptions> options, TimeProvider time)
{
    private const int LinesAtATime = 1_000;

    /// <summary>Moves a batch from validating to in progress, with its lines, or to failed.</summary>
    public async Task HandleAsync(CompletionBatch batch, CancellationToken cancellation)
    {
        if (batch.HasExpired(time.GetUtcNow()))
        {
            await EndAsync(batch.Id, CompletionBatchStatus.Expired, new InputFault(null, "batch_expired", "The completion window ended before the input file was read."));
            return;
        }
        var (lines, faults, model) = (new List<CompletionLine>(), new List<InputFault>(), (string?)null);
        try
        {
            await using var file = store.OpenRead(batch.InputFileId);
            model = await CheckAsync(batch.Id, file, lines, faults, cancellation);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            faults.Add(new InputFault(null, "file_not_found", "The input file's bytes are missing in the data folder. Send it again."));
        }
        if (faults.Count > 0) await EndAsync(batch.Id, CompletionBatchStatus.Failed, [.. faults]);
        else await SaveAsync(batch.Id, lines, model, cancellation);
    }

    /// <summary>Ends a batch whose input was tried often enough.</summary>
    public Task GiveUpAsync(string batchId, int tries) => EndAsync(batchId, CompletionBatchStatus.Failed,
        new InputFault(null, "file_unreadable", $"The input file could not be read in {tries} tries. Send it again; the server's log has the details."));

    private async Task EndAsync(string batchId, CompletionBatchStatus status, params List<InputFault> faults)
    {
        await using var db = databases.CreateDbContext();
        if (await db.CompletionBatches.SingleOrDefaultAsync(b => b.Id == batchId && b.Status == CompletionBatchStatus.Validating) is not { } batch) return;
        (batch.Status, batch.Faults, batch.EndedAt) = (status, faults, time.GetUtcNow().UtcDateTime);
        await db.SaveChangesAsync();
    }

    private async Task<string?> CheckAsync(string batchId, Stream file, List<CompletionLine> lines, List<InputFault> faults, CancellationToken cancellation)
    {
        var firstLines = new Dictionary<string, int>(StringComparer.Ordinal);
        var (model, isFirst) = ((string?)null, true);
        await foreach (var line in InputLine.ReadAsync(file, cancellation))
        {
            if (BatchRequest.Read(line, faults) is not { } request) continue;
            if (!firstLines.TryAdd(request.CustomId, line.Number))
                faults.Add(new InputFault(line.Number, "duplicate_custom_id", $"\"custom_id\" is \"{request.CustomId}\", as in line {firstLines[request.CustomId]}; each is used once.", "custom_id"));
            if (isFirst) model = await OpenAsync(request.Body.Model, line.Number, faults, cancellation);
            if (!isFirst && !IsSame(request.Body.Model, model)) faults.Add(new InputFault(line.Number, "mismatched_model", $"\"model\" is \"{request.Body.Model}\"; all lines of a file ask the first line's, \"{model}\".", "body.model"));
            else if (model is not null && request.Check(line.Number, prepare) is { } fault) faults.Add(fault);
            isFirst = false;
            lines.Add(new CompletionLine { BatchId = batchId, Number = line.Number, CustomId = request.CustomId, Offset = line.Offset, Length = line.Bytes.Length });
        }
        if (lines.Count == 0 && faults.Count == 0) faults.Add(new InputFault(null, "empty_file", "The file has no line."));
        if (lines.Count > options.Value.MaxLines)
            faults.Add(new InputFault(null, "too_many_lines", $"The file has {lines.Count:N0} lines; the limit is {options.Value.MaxLines:N0} (CompletionBatches:MaxLines). Send several batches."));
        return model;
    }

    /// <summary>The engine all lines ask, loaded where it is not yet: the name is kept, so that a restart asks the same.</summary>
    private async Task<string?> OpenAsync(string? asked, int line, List<InputFault> faults, CancellationToken cancellation)
    {
        try
        {
            return (await engines.OpenAsync(asked, null, cancellation)).Info.Name;
        }
        catch (EngineException error)
        {
            faults.Add(new InputFault(line, "model_not_found", error.Message, "body.model"));
            return null;
        }
    }

    private bool IsSame(string? asked, string? model) => model is null || (engines.Find(asked)?.Info.Name ?? asked) == model;

    private async Task SaveAsync(string batchId, List<CompletionLine> lines, string? model, CancellationToken cancellation)
    {
        await using var db = databases.CreateDbContext();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var now = time.GetUtcNow().UtcDateTime;
        // Cancelled meanwhile: nothing is begun.
        if (await db.CompletionBatches.Where(b => b.Id == batchId && b.Status == CompletionBatchStatus.Validating).ExecuteUpdateAsync(set => set
                .SetProperty(b => b.Status, CompletionBatchStatus.InProgress).SetProperty(b => b.InProgressAt, now).SetProperty(b => b.Total, lines.Count)
                .SetProperty(b => b.Model, model), cancellation) == 0) return;
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        foreach (var chunk in lines.Chunk(LinesAtATime))
        {
            db.CompletionLines.AddRange(chunk);
            await db.SaveChangesAsync(cancellation);
            db.ChangeTracker.Clear();
        }
        await transaction.CommitAsync(cancellation);
    }
}
