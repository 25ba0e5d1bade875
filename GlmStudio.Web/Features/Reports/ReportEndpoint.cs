using GlmStudio.Web.Data;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Web.Features.Reports;

/// <summary><c>GET /files/reports/12.xlsx</c>: the batch as a workbook; <c>?row=</c> for one row.</summary>
internal static class ReportEndpoint
{
    private const string MediaType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public static void MapReport(this IEndpointRouteBuilder app) => app.MapGet("/files/reports/{batchId:int}.xlsx", GetAsync)
        .WithSummary("A batch as an Excel workbook: Summary, Fields, Rows. row=ID takes one row.").WithTags("Reports");

    private static async Task<Results<FileStreamHttpResult, ProblemHttpResult>> GetAsync(
        int batchId, long? row, WriteReport report, IDbContextFactory<StudioDbContext> databases, CancellationToken cancellation)
    {
        if (await NameAsync(databases, batchId, row, cancellation) is not { } name)
            return TypedResults.Problem($"There is no batch {batchId}, or it has no such row.", statusCode: StatusCodes.Status404NotFound);
        // Written to a file that vanishes when it is closed: a half-made workbook never reaches anybody.
        var file = new FileStream(Path.Combine(Path.GetTempPath(), $"glm-studio-{Guid.NewGuid():n}.xlsx"), FileMode.CreateNew, FileAccess.ReadWrite,
            FileShare.None, 1 << 16, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        try
        {
            await report.HandleAsync(batchId, row, file, cancellation);
            file.Position = 0;
            return TypedResults.File(file, MediaType, $"{FileName(name)}.xlsx");
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    private static async Task<string?> NameAsync(IDbContextFactory<StudioDbContext> databases, int batchId, long? row, CancellationToken cancellation)
    {
        await using var db = databases.CreateDbContext();
        if (row is { } id && !await db.Rows.AnyAsync(r => r.Id == id && r.BatchId == batchId, cancellation)) return null;
        return await db.Batches.Where(b => b.Id == batchId).Select(b => b.Name).FirstOrDefaultAsync(cancellation);
    }

    private static string FileName(string name) =>
        string.Concat(name.Select(c => c is '/' or '\\' or ':' or '*' or '?' or '"' or '<' or '>' or '|' || char.IsControl(c) ? '_' : c)).Trim(' ', '.');
}
