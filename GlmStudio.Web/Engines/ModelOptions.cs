using System.ComponentModel.DataAnnotations;
using GlmStudio.Engine;

namespace GlmStudio.Web.Engines;

/// <summary>Section <c>Models</c>: which engine answers unless another is named, and how checkpoints are loaded.</summary>
public sealed class ModelOptions
{
    /// <summary>Engine name, name of a folder in <see cref="Folder"/>, or a checkpoint folder.</summary>
    [Required] public string Default { get; set; } = "glm-studio-mini";

    /// <summary>Folder whose sub-folders are checkpoints; relative to the content root.</summary>
    [Required] public string Folder { get; set; } = "models";

    /// <summary><c>cpu</c> or <c>cuda:N</c>.</summary>
    [RegularExpression("cpu|cuda:[0-9]+")] public string Device { get; set; } = "cpu";

    /// <summary>Threads of one run; 0 takes all cores.</summary>
    [Range(0, 1024)] public int Threads { get; set; }

    /// <summary>Requests a checkpoint answers at once.</summary>
    [Range(1, 256)] public int Slots { get; set; } = 4;

    /// <summary>Most tokens of a request, prompt and answer together; 0 takes the checkpoint's own limit, at most 16,384.</summary>
    [Range(0, 1 << 20)] public int ContextTokens { get; set; }

    /// <summary>Bytes of image features kept for pictures that come again.</summary>
    [Range(0, 1L << 40)] public long FeatureCacheBytes { get; set; } = 256L << 20;

    /// <summary>Whether values that stand on the page are held to its text, where a checkpoint is given it.</summary>
    public bool CopiesValues { get; set; } = true;

    public GlmEngineOptions ToEngine(string cacheFolder) => new()
    {
        Device = Device, Threads = Threads, Slots = Slots, ContextTokens = ContextTokens, FeatureCacheBytes = FeatureCacheBytes, CopiesValues = CopiesValues, CacheFolder = cacheFolder,
    };
}
