using System.Text.Json.Serialization;
using GlmStudio.Web.Domain.Journal;
using Microsoft.AspNetCore.Http.HttpResults;

namespace GlmStudio.Web.Features.Batches.Journal;

/// <summary>The journal of a row for programs, and its replay.</summary>
internal static class JournalEndpoint
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/rows").WithTags("Batches").DisableAntiforgery();
        group.MapGet("{id:long}/journal", FindAsync).WithSummary("A row's manifest, why an earlier answer was or was not taken, and what happened to it");
        group.MapPost("{id:long}/replay", ReplayAsync).WithSummary("Asks the row again and compares: bitEqual, tokenEqual, differs (at which token, by what margin) or cannot")
            .AddEndpointFilter(BatchesEndpoint.RefuseOtherSites);
    }

    private static async Task<Results<Ok<RowStoryAnswer>, ProblemHttpResult>> FindAsync(long id, ExplainRow explain, CancellationToken cancellation) =>
        await explain.HandleAsync(id, cancellation) is { } story ? TypedResults.Ok(RowStoryAnswer.Of(story)) : Missing(id);

    private static async Task<Results<Ok<ReplayAnswer>, ProblemHttpResult>> ReplayAsync(long id, ReplayRow replay, CancellationToken cancellation)
    {
        var result = await replay.HandleAsync(id, cancellation);
        return result.IsMissing ? Missing(id) : TypedResults.Ok(ReplayAnswer.Of(result));
    }

    private static ProblemHttpResult Missing(long id) => TypedResults.Problem($"There is no row {id}.", statusCode: StatusCodes.Status404NotFound);
}

/// <summary>A replay for programs.</summary>
public sealed record ReplayAnswer(long Row, [property: JsonConverter(typeof(VerdictWords))] ReplayOutcome Verdict, string Message)
{
    public int? Token { get; init; }
    public int? Character { get; init; }
    public double? Margin { get; init; }
    public double? LargestShift { get; init; }

    /// <summary>Whether the engine's build or device is another than then.</summary>
    public bool OtherBuild { get; init; }
    public string? Text { get; init; }

    public static ReplayAnswer Of(Replay replay) => new(replay.RowId, replay.Verdict.Outcome, replay.Sentence.ToString())
    {
        Token = replay.Verdict.Token, Character = replay.Verdict.Character, Margin = replay.Verdict.Margin, LargestShift = replay.Verdict.LargestShift,
        OtherBuild = replay.HasOtherBuild, Text = replay.Text,
    };
}

/// <summary>A row's story for programs.</summary>
public sealed record RowStoryAnswer(long Row, int Batch, string? Identity, IReadOnlyDictionary<string, string> Manifest, long? ReusedFromRow, int? ReusedFromBatch)
{
    /// <summary>The earlier answer to the same picture that comes nearest, and the parts of the manifest that differ.</summary>
    public NearestRow? Nearest { get; init; }
    public IReadOnlyList<RepeatAgreement> Repeats { get; init; } = [];
    public IReadOnlyList<JournalAnswer> Journal { get; init; } = [];

    public static RowStoryAnswer Of(RowStory story) => new(story.RowId, story.BatchId, story.Identity,
        story.Parts.ToDictionary(p => p.Name, p => p.Value, StringComparer.Ordinal), story.ReusedFromRowId, story.ReusedFromBatchId)
    {
        Nearest = story.Nearest, Repeats = story.Repeats,
        Journal = [.. story.Journal.Select(e => new JournalAnswer(e.Event, e.Attempt, e.At, e.Seconds, e.Note))],
    };
}

/// <summary>A line of the journal for programs.</summary>
public sealed record JournalAnswer([property: JsonConverter(typeof(EventWords))] JournalEvent Event, int Attempt, DateTime At, double Seconds, string? Note);

/// <summary>bitEqual, tokenEqual, differs, cannot.</summary>
internal sealed class VerdictWords() : JsonStringEnumConverter<ReplayOutcome>(System.Text.Json.JsonNamingPolicy.CamelCase);

/// <summary>answered, reused, failed, triedAgain, replayed.</summary>
internal sealed class EventWords() : JsonStringEnumConverter<JournalEvent>(System.Text.Json.JsonNamingPolicy.CamelCase);
