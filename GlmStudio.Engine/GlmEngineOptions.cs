using System.ComponentModel.DataAnnotations;

namespace GlmStudio.Engine;

/// <summary>How a checkpoint is loaded and served.</summary>
public sealed record GlmEngineOptions
{
    /// <summary><c>cpu</c> or <c>cuda:N</c>.</summary>
    [Required] public string Device { get; init; } = "cpu";

    /// <summary>Threads of one run; 0 takes all cores.</summary>
    [Range(0, 1024)] public int Threads { get; init; }

    /// <summary>Requests that are answered at once; others wait.</summary>
    [Range(1, 256)] public int Slots { get; init; } = 4;

    /// <summary>Most tokens of a request, prompt and answer together; 0 takes the checkpoint's own limit, at most 16,384.</summary>
    [Range(0, 1 << 20)] public int ContextTokens { get; init; }

    /// <summary>Most prompt tokens of one step.</summary>
    [Range(16, 65536)] public int PrefillChunk { get; init; } = 512;

    /// <summary>Bytes of image features kept for pictures that come again.</summary>
    [Range(0, 1L << 40)] public long FeatureCacheBytes { get; init; } = 256L << 20;

    /// <summary>Whether values that stand on the page are held to its text, where it is known.</summary>
    public bool CopiesValues { get; init; } = true;

    /// <summary>What becomes of the tokens of blank, uniform areas of a picture.</summary>
    public BlankTokens BlankTokens { get; init; }

    /// <summary>In which numbers it computes and how weights are held.</summary>
    public WeightOptions Weights { get; init; } = new();

    /// <summary>Where converted weights are kept; null: beside the system's temporary files.</summary>
    public string? CacheFolder { get; init; }
}

/// <summary>What becomes of the tokens of blank, uniform areas of a picture.</summary>
public enum BlankTokens
{
    /// <summary>Every square of patches has its own, as checkpoints were trained.</summary>
    Keep,
    /// <summary>One for each area, at the place of its middle; all other positions stay. Prompts get shorter, answers may change.</summary>
    Merge,
}
