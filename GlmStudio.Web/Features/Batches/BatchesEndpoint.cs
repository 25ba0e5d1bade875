using System.Text.Json.Serialization;
using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Engines;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Web.Features.Batches;

/// <summary>Batches for programs: list, start, watch, stop.</summary>
internal static class BatchesEndpoint
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/batches").WithTags("Batches").DisableAntiforgery().AddEndpointFilter(RefuseOtherSites);
        group.MapGet("", ListAsync).WithSummary("The batches, newest first, with the counts of their rows");
        group.MapPost("", CreateAsync).WithSummary("Starts a batch: a dataset and a template, by id or by name");
        group.MapPost("check", CheckAsync).WithSummary("Everything that stands against such a batch, without starting it");
        group.MapGet("{id:int}", FindAsync).WithSummary("One batch: status, counts, pace");
        group.MapPost("{id:int}/pause", (int id, ControlBatch control, ReadBatches read, CancellationToken c) => AfterAsync(control.PauseAsync, id, read, c))
            .WithSummary("Starts no further row; rows in flight are answered");
        group.MapPost("{id:int}/resume", (int id, ControlBatch control, ReadBatches read, CancellationToken c) => AfterAsync(control.ResumeAsync, id, read, c))
            .WithSummary("Goes on with a paused batch");
        group.MapPost("{id:int}/cancel", (int id, ControlBatch control, ReadBatches read, CancellationToken c) => AfterAsync(control.CancelAsync, id, read, c))
            .WithSummary("Stops at once; what is answered stays");
        group.MapPost("{id:int}/retry", (int id, ControlBatch control, ReadBatches read, CancellationToken c) => AfterAsync(control.RetryAsync, id, read, c))
            .WithSummary("Asks failed and cancelled rows again");
        group.MapPost("{id:int}/priority", (int id, string value, ControlBatch control, ReadBatches read, CancellationToken c) => PrioritiseAsync(id, value, control, read, c))
            .WithSummary("Moves a waiting batch before or behind others of its engine: ?value=low, normal or high");
        group.MapPost("{id:int}/rules", ApplyRulesAsync).WithSummary("Runs the template's rules on the readings again, of the newest version or of ?version=3; corrections stay");
    }

    private static async Task<Ok<BatchList>> ListAsync(ReadBatches read, CancellationToken cancellation, int skip = 0, int take = 50) =>
        TypedResults.Ok(await read.ListAsync(skip, take, cancellation));

    private static async Task<Results<Ok<BatchSummary>, ProblemHttpResult>> FindAsync(int id, ReadBatches read, CancellationToken cancellation) =>
        await read.FindAsync(id, cancellation) is { } batch ? TypedResults.Ok(batch) : Missing(id);

    private static async Task<Results<Created<BatchSummary>, ProblemHttpResult>> CreateAsync(
        NewBatch wanted, IDbContextFactory<StudioDbContext> databases, EngineCatalog engines, CreateBatch create, ReadBatches read, CancellationToken cancellation)
    {
        var (order, problem) = await ResolveAsync(wanted, databases, engines, cancellation);
        if (order is null) return Refused([problem!]);
        var created = await create.HandleAsync(order, cancellation);
        return created.Id is { } id
            ? TypedResults.Created($"/api/batches/{id}", (await read.FindAsync(id, cancellation))!)
            : Refused([.. created.Problems.Select(p => p.ToString())]);
    }

    private static async Task<Ok<BatchChecked>> CheckAsync(
        NewBatch wanted, IDbContextFactory<StudioDbContext> databases, EngineCatalog engines, CheckBatch check, CancellationToken cancellation)
    {
        var (order, problem) = await ResolveAsync(wanted, databases, engines, cancellation);
        if (order is null) return TypedResults.Ok(new BatchChecked([problem!], []));
        var found = await check.HandleAsync(order, cancellation);
        return TypedResults.Ok(new BatchChecked([.. found.Faults.Select(f => f.ToString())], [.. found.Notes.Select(n => n.ToString())]));
    }

    private static async Task<Results<Ok<BatchSummary>, ProblemHttpResult>> PrioritiseAsync(
        int id, string value, ControlBatch control, ReadBatches read, CancellationToken cancellation) =>
        Enum.TryParse<BatchPriority>(value, ignoreCase: true, out var priority) && Enum.IsDefined(priority)
            ? await AfterAsync((batch, c) => control.PrioritiseAsync(batch, priority, c), id, read, cancellation)
            : TypedResults.Problem($"\"value\" is \"{value}\"; it is low, normal or high.", statusCode: StatusCodes.Status400BadRequest);

    /// <summary>Names → ids.</summary>
    private static async Task<(BatchOrder? Order, string? Problem)> ResolveAsync(
        NewBatch wanted, IDbContextFactory<StudioDbContext> databases, EngineCatalog engines, CancellationToken cancellation)
    {
        await using var db = databases.CreateDbContext();
        var dataset = wanted.DatasetId ?? await db.Datasets.Where(d => d.Name == wanted.Dataset).Select(d => (int?)d.Id).SingleOrDefaultAsync(cancellation);
        if (dataset is null) return (null, $"There is no dataset \"{wanted.Dataset}\". Give \"dataset\" (its name) or \"datasetId\".");
        var version = wanted.TemplateVersionId ?? await db.TemplateVersions
            .Where(v => v.Template!.Key == wanted.Template && (wanted.Version == null || v.Number == wanted.Version))
            .OrderByDescending(v => v.Number).Select(v => (int?)v.Id).FirstOrDefaultAsync(cancellation);
        if (version is null) return (null, $"There is no such version of a template \"{wanted.Template}\". Give \"template\" (its key) or \"templateVersionId\".");
        var engine = string.IsNullOrWhiteSpace(wanted.Engine) ? engines.Find(null)?.Info.Name ?? "" : wanted.Engine;
        if (GroundingWords.Find(wanted.Grounding) is not { } grounding) return (null, $"\"grounding\" is \"{wanted.Grounding}\"; it is one of {GroundingWords.List}.");
        return (new BatchOrder(dataset.Value, version.Value, engine, wanted.LabelSetId, wanted.Name ?? "", null, wanted.Limit)
        {
            Grounding = string.IsNullOrEmpty(wanted.Grounding) ? null : grounding, Repeats = wanted.Repeats, IsAnew = wanted.Anew, Priority = wanted.Priority,
        }, null);
    }

    private static async Task<Results<Ok<RulesApplied>, ProblemHttpResult>> ApplyRulesAsync(
        int id, ApplyRules apply, ReadBatches read, CancellationToken cancellation, int? version = null)
    {
        if (await read.FindAsync(id, cancellation) is null) return Missing(id);
        var applied = await apply.HandleAsync(id, version, cancellation);
        return applied.Problem is null ? TypedResults.Ok(applied) : TypedResults.Problem(applied.Problem.ToString(), statusCode: StatusCodes.Status409Conflict);
    }

    private static async Task<Results<Ok<BatchSummary>, ProblemHttpResult>> AfterAsync(
        Func<int, CancellationToken, Task<BatchChanged>> change, int id, ReadBatches read, CancellationToken cancellation)
    {
        var changed = await change(id, cancellation);
        if (await read.FindAsync(id, cancellation) is not { } batch) return Missing(id);
        return changed.Problem is null ? TypedResults.Ok(batch) : TypedResults.Problem(changed.Problem.ToString(), statusCode: StatusCodes.Status409Conflict);
    }

    /// <summary>A foreign page in somebody's browser may not start or stop work here: browsers name the site that asks.</summary>
    internal static async ValueTask<object?> RefuseOtherSites(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.HttpContext.Request.Headers["Sec-Fetch-Site"] == "cross-site"
            ? TypedResults.Problem("Asked by a page of another site.", statusCode: StatusCodes.Status403Forbidden)
            : await next(context);

    private static ProblemHttpResult Missing(int id) => TypedResults.Problem($"There is no batch {id}.", statusCode: StatusCodes.Status404NotFound);

    private static ProblemHttpResult Refused(string[] problems) => TypedResults.Problem(string.Join(' ', problems), title: "The batch was refused.",
        statusCode: StatusCodes.Status400BadRequest, extensions: new Dictionary<string, object?> { ["problems"] = problems });
}

/// <summary>What a program asks for.</summary>
/// <param name="DatasetId">The dataset, or its name in <paramref name="Dataset"/>.</param>
/// <param name="Dataset">The dataset's name.</param>
/// <param name="TemplateVersionId">The version, or the template's key in <paramref name="Template"/>.</param>
/// <param name="Template">The template's key: its newest version, or <paramref name="Version"/>.</param>
/// <param name="Version">A version's number.</param>
/// <param name="Engine">Engine name; without it the default.</param>
/// <param name="LabelSetId">Labels to score against.</param>
/// <param name="Name">What people see in the list.</param>
/// <param name="Limit">Only the first so many pictures.</param>
/// <param name="Grounding">Whether the model gets the page's printed text: default, pageText, pictureOnly or textOnly; without it as the template says.</param>
public sealed record NewBatch(int? DatasetId, string? Dataset, int? TemplateVersionId, string? Template, int? Version, string? Engine, int? LabelSetId, string? Name, int? Limit,
    string? Grounding)
{
    /// <summary>How often each picture is asked.</summary>
    public int Repeats { get; init; } = 1;

    /// <summary>Whether every row is asked of the engine, even where the same work has been answered before.</summary>
    public bool Anew { get; init; }

    /// <summary>Low, Normal or High.</summary>
    [JsonConverter(typeof(JsonStringEnumConverter<BatchPriority>))]
    public BatchPriority Priority { get; init; } = BatchPriority.Normal;
}

/// <summary>What was found before the first row is asked.</summary>
/// <param name="Faults">Nothing starts while there is one.</param>
/// <param name="Notes">What is good to know: rows that will fail at once, pictures that are there twice.</param>
public sealed record BatchChecked(IReadOnlyList<string> Faults, IReadOnlyList<string> Notes);
