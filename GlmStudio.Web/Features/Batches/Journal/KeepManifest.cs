using System.Globalization;
using System.Text.Json;
using GlmStudio.Engine;
using GlmStudio.Engine.Images;
using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Domain.Confidence;
using GlmStudio.Web.Domain.Journal;
using GlmStudio.Web.Engines;
using GlmStudio.Web.Features.Batches.Running;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace GlmStudio.Web.Features.Batches.Journal;

/// <summary>Works out what the answers of a run depend on, picture and repeat apart, and stores it once.</summary>
public sealed class KeepManifest(IDbContextFactory<StudioDbContext> databases, EngineFingerprints fingerprints, GlmEngineOptions engineOptions,
    IOptions<ImageLimits> images, IOptions<BatchOptions> options, IOptions<ConfirmationOptions> confirmation)
{
    /// <summary>The stored manifest of these circumstances; made where it is not there yet.</summary>
    public async Task<SharedManifest> HandleAsync(IGlmEngine engine, string asked, TemplateVersion version, Question question, CancellationToken cancellation)
    {
        var made = await OfAsync(engine, asked, version, question);
        await using var db = databases.CreateDbContext();
        if (await FindAsync(db, made.Hash, cancellation) is { } kept) return kept;
        db.Add(made);
        try
        {
            await db.SaveChangesAsync(cancellation);
            return made;
        }
        catch (DbUpdateException)
        {
            // Another run stored the same between the two.
            await using var again = databases.CreateDbContext();
            if (await FindAsync(again, made.Hash, cancellation) is { } meanwhile) return meanwhile;
            throw;
        }
    }

    /// <summary>The manifest of these circumstances, not stored.</summary>
    public async Task<SharedManifest> OfAsync(IGlmEngine engine, string asked, TemplateVersion version, Question question)
    {
        List<ManifestPart> parts =
        [
            // The same prompt and form ask the same, whatever version they are from.
            new(SharedManifest.VersionPart, version.Id.ToString(CultureInfo.InvariantCulture), IsNoted: true),
            new(SharedManifest.PromptPart, Manifest.Hash(question.Prompt)),
            new(SharedManifest.FormPart, Manifest.Hash(JsonSerializer.Serialize(new { question.Asked, question.Layout, Confirms = question.Alone.Count > 0 }))),
            new(SharedManifest.EnginePart, engine.Info.Name, IsNoted: true),
            new(SharedManifest.ModelPart, await fingerprints.OfAsync(engine, asked)),
            new(SharedManifest.BuildPart, EngineFingerprints.Build),
            new(SharedManifest.DevicePart, engine.Info.Device),
            new(SharedManifest.PreprocessingPart, await PreprocessingAsync()),
            new(SharedManifest.SamplingPart, Describe(question.Sampling(options.Value.MaxTokens))),
            new(SharedManifest.GroundingPart, GroundingWords.Of(question.Grounding)),
            // They decide which values have a confirmation among their evidence, and so their scores.
            .. question.Alone.Count > 0 ? (ManifestPart[])[new(SharedManifest.ConfirmationPart, Describe(confirmation.Value))] : [],
        ];
        return new SharedManifest { Hash = Manifest.Hash(string.Concat(parts.Select(p => $"{p.Name}={p.Value}\n"))), Parts = parts };
    }

    // How a picture becomes what the engine sees: decoding limits, the page's text, and how values are held to it.
    private async Task<string> PreprocessingAsync()
    {
        var decoding = images.Value;
        return Manifest.Hash(JsonSerializer.Serialize(new
        {
            decoding.MaxSide, decoding.MaxPixels, decoding.RenderDpi, decoding.RenderMaxSide, engineOptions.CopiesValues, engineOptions.ContextTokens, engineOptions.BlankTokens,
            Reader = await fingerprints.OfReaderAsync(),
        }));
    }

    private static string Describe(SamplingOptions sampling) => string.Create(CultureInfo.InvariantCulture,
        $"at most {sampling.MaxTokens} tokens, temperature {sampling.Temperature}, top-p {sampling.TopP}, top-k {sampling.TopK}, repetition penalty {sampling.RepetitionPenalty}, seed {sampling.Seed?.ToString(CultureInfo.InvariantCulture) ?? "none"}");

    private static string Describe(ConfirmationOptions band) => string.Create(CultureInfo.InvariantCulture,
        $"scores from {band.From} to {band.To}, at most {band.CellsARow} values a picture, margin {band.Margin}, of numbers, amounts and dates {band.WideMargin}");

    private static Task<SharedManifest?> FindAsync(StudioDbContext db, string hash, CancellationToken cancellation) =>
        db.SharedManifests.AsNoTracking().SingleOrDefaultAsync(m => m.Hash == hash, cancellation);
}
