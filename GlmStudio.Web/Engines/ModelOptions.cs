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

    /// <summary><c>cpu</c> or <c>cuda:N</c>; several cards, separated by commas, hold the checkpoint once each and share the requests.</summary>
    [RegularExpression("cpu|cuda:[0-9]{1,4}(,cuda:[0-9]{1,4})*")] public string Device { get; set; } = "cpu";

    /// <summary>Threads of one run; 0 takes all cores.</summary>
    [Range(0, 1024)] public int Threads { get; set; }

    /// <summary>Requests a checkpoint answers at once, on each device.</summary>
    [Range(1, 256)] public int Slots { get; set; } = 4;

    /// <summary>Most tokens of a request, prompt and answer together; 0 takes the checkpoint's own limit, at most 16,384.</summary>
    [Range(0, 1 << 20)] public int ContextTokens { get; set; }

    /// <summary>Most prompt tokens of one step: a long prompt delays the requests that are being answered by one such step at a time.</summary>
    [Range(0, 65536)] public int PrefillChunk { get; set; }

    /// <summary>Most patches of one run of the vision tower: waiting pictures of equally many patches share it. 0 takes what suits the device.</summary>
    [Range(0, 1 << 20)] public int VisionPatchBudget { get; set; }

    /// <summary>Bytes of image features kept for pictures that come again.</summary>
    [Range(0, 1L << 40)] public long FeatureCacheBytes { get; set; } = 256L << 20;

    /// <summary>Whether values that stand on the page are held to its text, where a checkpoint is given it.</summary>
    public bool CopiesValues { get; set; } = true;

    /// <summary>What becomes of the tokens of blank, uniform areas of a picture.</summary>
    public BlankTokens BlankTokens { get; set; }

    /// <summary>In which numbers checkpoints compute.</summary>
    public Precision Precision { get; set; }

    /// <summary>Weight-only quantization of the text's layers; parts without a setting of their own then take eight bits.</summary>
    public Quantization Quantization { get; set; }

    /// <summary>That of the vision tower.</summary>
    public Quantization? QuantizationVision { get; set; }

    /// <summary>That of the token embeddings, and of the head where it is the same table.</summary>
    public Quantization? QuantizationEmbeddings { get; set; }

    /// <summary>That of the output head.</summary>
    public Quantization? QuantizationHead { get; set; }

    /// <summary>Numbers that share a scale.</summary>
    [AllowedValues(16, 32, 64, 128, 256)] public int QuantizationBlock { get; set; } = 32;

    public GlmEngineOptions ToEngine(string cacheFolder) => new()
    {
        Device = Device, Threads = Threads, Slots = Slots, ContextTokens = ContextTokens, PrefillChunk = PrefillChunk, VisionPatchBudget = VisionPatchBudget,
        FeatureCacheBytes = FeatureCacheBytes, CopiesValues = CopiesValues, BlankTokens = BlankTokens, CacheFolder = cacheFolder,
        Weights = new WeightOptions
        {
            Precision = Precision, Quantization = Quantization, Vision = QuantizationVision, Embeddings = QuantizationEmbeddings, Head = QuantizationHead, Block = QuantizationBlock,
        },
    };
}
