using System.ComponentModel.DataAnnotations;

namespace GlmStudio.Web.Features.Inference;

/// <summary>Section <c>Inference</c>: what the HTTP doors take and how much of it at once.</summary>
public sealed class InferenceOptions
{
    /// <summary>Most entries of one <c>/v1/batch-infer</c> call.</summary>
    [Range(1, 10_000)] public int MaxItems { get; set; } = 256;

    /// <summary>Most bytes of one call's body. Pictures travel as base64, a third larger than their files.</summary>
    [Range(1, long.MaxValue)] public long MaxBodyBytes { get; set; } = 512L << 20;

    /// <summary>Most bytes of one picture's file.</summary>
    [Range(1, 1 << 30)] public int MaxImageBytes { get; set; } = 64 << 20;

    /// <summary>Most pictures of one question.</summary>
    [Range(1, 1_000)] public int MaxImages { get; set; } = 16;

    /// <summary>Most characters of one question.</summary>
    [Range(1, 10_000_000)] public int MaxPromptLength { get; set; } = 100_000;

    /// <summary>Answers at once on one engine; 0 takes what the engine gains from.</summary>
    [Range(0, 1_000)] public int Concurrency { get; set; }

    /// <summary>Calls under way or waiting; one more is told to come back (429).</summary>
    [Range(1, 100_000)] public int MaxCalls { get; set; } = 64;

    /// <summary>Seconds one answer may take, waiting not counted.</summary>
    [Range(0.01, 86_400)] public double DeadlineSeconds { get; set; } = 600;
}

/// <summary>Section <c>Fetch</c>: pictures that a caller names by address.</summary>
public sealed class FetchOptions
{
    /// <summary>Hosts (<c>pictures.example</c>) or host and port (<c>nas.local:8080</c>) that may be asked although their addresses are private.
    /// Every other host must have public addresses only.</summary>
    public IReadOnlyList<string> AllowedHosts { get; set; } = [];

    /// <summary>Most bytes of one answer.</summary>
    [Range(1, 1 << 30)] public int MaxBytes { get; set; } = 64 << 20;

    /// <summary>Seconds from the first connection to the last byte, redirects included.</summary>
    [Range(0.01, 3_600)] public double DeadlineSeconds { get; set; } = 20;

    /// <summary>Most redirects followed; each target is checked again.</summary>
    [Range(0, 20)] public int MaxRedirects { get; set; } = 3;
}
