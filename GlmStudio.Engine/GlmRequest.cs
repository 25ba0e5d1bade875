namespace GlmStudio.Engine;

/// <summary>One question about zero or more images.</summary>
public sealed record GlmRequest
{
    /// <summary>Encoded pictures in the order the prompt refers to them.</summary>
    public IReadOnlyList<ImageInput> Images { get; init; } = [];

    /// <summary>The instruction as a person would type it; a template's rendered prompt, or a free question.</summary>
    public required string Prompt { get; init; }

    /// <summary>A conversation in place of <see cref="Prompt"/>; its image parts take <see cref="Images"/> in order. Null: one user turn of all images, then the prompt.</summary>
    public IReadOnlyList<ChatMessage>? Messages { get; init; }

    /// <summary>Whether the model may think before it answers, where it can.</summary>
    public bool Thinking { get; init; } = true;

    /// <summary>The fields the answer must fill, in order. Null for a free question. With fields the answer is one JSON object
    /// with these keys; a value that is not on the page is <c>null</c>.</summary>
    public IReadOnlyList<AskedField>? Fields { get; init; }

    /// <summary>The form the answer must have; null leaves it to the model. Engines that work without tokens have forms of their own and pass it over.</summary>
    public AnswerForm? Form { get; init; }

    /// <summary>Whether the pictures' printed text goes into the prompt. The reader, which answers from nothing else, takes no notice.</summary>
    public Grounding Grounding { get; init; }

    /// <summary>How tokens are chosen and when to stop.</summary>
    public SamplingOptions Sampling { get; init; } = new();
}

/// <summary>One encoded picture: the bytes of a JPEG, PNG, WebP, GIF, TIFF, AVIF, BMP or PDF file.</summary>
/// <param name="Bytes">The whole file.</param>
/// <param name="Page">Zero-based page of a PDF (or frame of a TIFF); 0 otherwise.</param>
public sealed record ImageInput(ReadOnlyMemory<byte> Bytes, int Page = 0);

/// <summary>Sampling settings; the defaults are greedy and repeatable.</summary>
public sealed record SamplingOptions
{
    /// <summary>Most tokens to generate, 1 … 32,768.</summary>
    public int MaxTokens { get; init; } = 1024;

    /// <summary>0 is greedy; otherwise logits are divided by it before the softmax. 0 … 2.</summary>
    public double Temperature { get; init; }

    /// <summary>Nucleus: the fewest likeliest tokens whose probabilities reach this sum. 0 … 1; 1 keeps all.</summary>
    public double TopP { get; init; } = 1;

    /// <summary>Only this many likeliest tokens; 0 keeps all.</summary>
    public int TopK { get; init; }

    /// <summary>Logits of tokens already seen are divided (positive) or multiplied (negative) by it. 1 changes nothing; up to 2.</summary>
    public double RepetitionPenalty { get; init; } = 1;

    /// <summary>Seed of the random choice; the same request with the same seed gives the same answer. Null draws a fresh one.</summary>
    public long? Seed { get; init; }

    /// <summary>Texts at which the answer ends, not included; at most 16 of up to 256 characters.</summary>
    public IReadOnlyList<string> Stop { get; init; } = [];
}
