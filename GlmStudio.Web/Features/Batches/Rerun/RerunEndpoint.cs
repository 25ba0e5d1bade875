using System.Text.Json.Serialization;
using GlmStudio.Engine;
using Microsoft.AspNetCore.Http.HttpResults;

namespace GlmStudio.Web.Features.Batches.Rerun;

/// <summary>Re-runs for programs: preview, sample, start.</summary>
internal static class RerunEndpoint
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/batches/{id:int}/rerun").WithTags("Batches").DisableAntiforgery().AddEndpointFilter(BatchesEndpoint.RefuseOtherSites);
        group.MapGet("", PreviewAsync).WithSummary("What running the batch again under the newest version, or ?version=3, would touch");
        group.MapPost("sample", SampleAsync).WithSummary("Asks up to 10 rows under that version, keeps nothing, and estimates how many answers flip");
        group.MapPost("", StartAsync).WithSummary("Runs it again: a new batch, or by its rules alone where nothing else is asked; corrections survive");
    }

    private static async Task<Results<Ok<RerunPreviewAnswer>, ProblemHttpResult>> PreviewAsync(int id, PreviewRerun preview, CancellationToken cancellation, int? version = null)
    {
        var found = await preview.HandleAsync(id, version, cancellation);
        return found.Problem is { } problem ? Refused([problem], found.IsMissing) : TypedResults.Ok(RerunPreviewAnswer.Of(found));
    }

    private static async Task<Results<Ok<RerunSampleAnswer>, ProblemHttpResult>> SampleAsync(
        int id, PreviewRerun preview, SampleRerun sample, CancellationToken cancellation, int? version = null)
    {
        var found = await preview.HandleAsync(id, version, cancellation);
        if (found.Problem is { } problem) return Refused([problem], found.IsMissing);
        try
        {
            var asked = await sample.HandleAsync(id, found.VersionId, null, cancellation);
            return TypedResults.Ok(new RerunSampleAnswer(asked.Asked, asked.Failed, asked.Flipped, asked.FlipsIn(found.Rows), asked.MostFlipsIn(found.Rows),
                asked.FlippedFields, asked.SecondsARow, asked.SecondsARow * found.Rows));
        }
        catch (EngineException fault)
        {
            return Refused([new("{0}", fault.Message)], isMissing: false);
        }
    }

    private static async Task<Results<Ok<RerunStartedAnswer>, ProblemHttpResult>> StartAsync(int id, StartRerun start, CancellationToken cancellation, int? version = null)
    {
        var started = await start.HandleAsync(id, version, cancellation);
        return started.BatchId is { } batch ? TypedResults.Ok(new RerunStartedAnswer(batch, started.Applied)) : Refused(started.Problems, started.IsMissing);
    }

    private static ProblemHttpResult Refused(IReadOnlyList<BatchProblem> problems, bool isMissing) => TypedResults.Problem(string.Join(' ', problems),
        title: "The re-run was refused.", statusCode: isMissing ? StatusCodes.Status404NotFound : StatusCodes.Status409Conflict);
}

/// <summary>A preview for programs.</summary>
public sealed record RerunPreviewAnswer(int FromVersion, int ToVersion, bool RulesOnly, int Rows, int RowsUnderRules, int Corrections, double? SecondsARow, IReadOnlyList<FieldTouchAnswer> Fields)
{
    public static RerunPreviewAnswer Of(RerunPreview preview) => new(preview.FromVersion, preview.ToVersion, preview.IsRulesOnly, preview.Rows, preview.RowsUnderRules,
        preview.Corrections, preview.SecondsARow, [.. preview.Fields.Select(f => new FieldTouchAnswer(f.Key, f.Kind))]);
}

/// <summary>A field and what the edit does to it.</summary>
public sealed record FieldTouchAnswer(string Field, [property: JsonConverter(typeof(TouchWords))] TouchKind Touch);

/// <summary>A sample for programs: counts in the sample, the estimate for all rows with its 95 % upper bound, seconds a row and for all.</summary>
public sealed record RerunSampleAnswer(int Asked, int Failed, int Flipped, int EstimatedFlips, int MostFlips, IReadOnlyDictionary<string, int> FlippedFields,
    double? SecondsARow, double? Seconds);

/// <summary>The batch that has the new values.</summary>
public sealed record RerunStartedAnswer(int Batch, RulesApplied? Applied);

/// <summary>untouched, rulesOnly, askedBesideChanges, askedDifferently, added, removed.</summary>
internal sealed class TouchWords() : JsonStringEnumConverter<TouchKind>(System.Text.Json.JsonNamingPolicy.CamelCase);
