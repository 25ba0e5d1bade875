using System.ComponentModel.DataAnnotations;
using GlmStudio.Engine.Sessions;

namespace GlmStudio.Engine;

/// <summary>How a checkpoint is loaded and served.</summary>
public sealed record GlmEngineOptions
{
    private const int CardPatches = 16_384;
    private const int CardChunk = 2048;
    private const int ProcessorChunk = 512;

    /// <summary><c>cpu</c> or <c>cuda:N</c>; several, separated by commas, hold the checkpoint once each and share the requests.</summary>
    [Required] public string Device { get; init; } = "cpu";

    /// <summary>Threads of one run; 0 takes all cores.</summary>
    [Range(0, 1024)] public int Threads { get; init; }

    /// <summary>Requests that each device answers at once; others wait.</summary>
    [Range(1, 256)] public int Slots { get; init; } = 4;

    /// <summary>Most tokens of a request, prompt and answer together; 0 takes the checkpoint's own limit, at most 16,384.</summary>
    [Range(0, 1 << 20)] public int ContextTokens { get; init; }

    /// <summary>Most prompt tokens of one step: a long prompt delays the requests that are being answered by one such step at a time. 0 takes what suits the device: 2,048 on a card
    /// (1,032 take 31 ms at GLM-4.6V-Flash's size on an H200), 512 on the processor.</summary>
    [Range(0, 65536)] public int PrefillChunk { get; init; }

    /// <summary>Most patches of one run of the vision tower: waiting pictures of equally many patches share it. 0 takes what suits the device: 16,384 on a card (three pictures of a
    /// megapixel), one picture at a time on the processor. A larger picture goes alone.</summary>
    [Range(0, 1 << 20)] public int VisionPatchBudget { get; init; }

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

    /// <summary>The prompt tokens of one step as this device takes them; fewer than 16 would waste it.</summary>
    internal int Chunk => PrefillChunk > 0 ? Math.Max(16, PrefillChunk) : Device == DeviceChoice.Cpu ? ProcessorChunk : CardChunk;

    /// <summary>The prompt tokens that are read before those who are being answered have their turn.</summary>
    internal int PromptsAhead => Device == DeviceChoice.Cpu ? 1 : 2 * Chunk;

    /// <summary>The patches of one run as this device takes them.</summary>
    internal int VisionPatches => VisionPatchBudget > 0 ? VisionPatchBudget : Device == DeviceChoice.Cpu ? 1 : CardPatches;
}

/// <summary>What becomes of the tokens of blank, uniform areas of a picture.</summary>
public enum BlankTokens
{
    /// <summary>Every square of patches has its own, as checkpoints were trained.</summary>
    Keep,
    /// <summary>One for each area, at the place of its middle; all other positions stay. Prompts get shorter, answers may change.</summary>
    Merge,
}
