using System.ComponentModel.DataAnnotations;
using GlmStudio.Engine.Checkpoints;
using GlmStudio.Engine.Model;
using GlmStudio.Engine.Sessions;

namespace GlmStudio.Engine;

/// <summary>In which numbers a checkpoint computes and how its weights are held. Whatever differs from the checkpoint's files is converted once and kept.</summary>
public sealed record WeightOptions
{
    /// <summary>In which numbers it computes.</summary>
    public Precision Precision { get; init; }

    /// <summary>Weight-only quantization of the matrices of the text's layers. Parts below that say nothing else take eight bits where this is not none:
    /// four there cost up to 1.7 times the error, eight next to nothing.</summary>
    public Quantization Quantization { get; init; }

    /// <summary>That of the vision tower.</summary>
    public Quantization? Vision { get; init; }

    /// <summary>That of the token embeddings. Where they are the head too, this decides for both.</summary>
    public Quantization? Embeddings { get; init; }

    /// <summary>That of the output head.</summary>
    public Quantization? Head { get; init; }

    /// <summary>Numbers that share a scale.</summary>
    [AllowedValues(16, 32, 64, 128, 256)] public int Block { get; init; } = 32;

    /// <summary>One word for people and for records of how an answer came about; empty where everything is as the checkpoint's numbers in 32 bits.</summary>
    /// <param name="device"><c>cpu</c>, <c>cuda:N</c>, or several cards as in <c>cuda:0,cuda:1</c>.</param>
    public string Summary(string device) => ToPlan(device) is var plan && plan == new WeightPlan(Arithmetic.Singles) ? "" : plan.ToConversion().Name;

    internal WeightPlan ToPlan(string device) => new(ArithmeticOn(device))
    {
        Text = FormatOf(Quantization), Tower = FormatOf(Vision ?? Others), Embeddings = FormatOf(Embeddings ?? Others), Head = FormatOf(Head ?? Others),
    };

    private Quantization Others => Quantization == Quantization.None ? Quantization.None : Quantization.Int8;

    // Processors multiply 32-bit numbers only; 16 bits save a card half its memory and more than half its time.
    private Arithmetic ArithmeticOn(string device) => Precision switch
    {
        Precision.Fp32 when device != "cpu" => throw new EngineException(EngineFault.BadCheckpoint, "Models:Precision is fp32, which the attention has no kernel for on a card: use auto, bf16 or fp16."),
        Precision.Fp32 => Arithmetic.Singles,
        Precision.Fp16 => Arithmetic.Halves,
        Precision.Bf16 when device == "cpu" => throw new EngineException(EngineFault.BadCheckpoint, "Models:Precision is bf16, which needs a card: on the processor use auto, fp32 or fp16."),
        Precision.Bf16 => Arithmetic.Brains,
        _ => device == "cpu" ? Arithmetic.Singles : device.Split(',').All(CardStream.HasBrains) ? Arithmetic.Brains : Arithmetic.Halves,
    };

    private QuantizedFormat? FormatOf(Quantization quantization) => quantization == Quantization.None ? null : new QuantizedFormat((int)quantization, Block);
}

/// <summary>In which numbers a checkpoint computes.</summary>
public enum Precision
{
    /// <summary>32 bits on the processor; on a card BF16, or FP16 where the card has no BF16.</summary>
    Auto,
    /// <summary>32-bit floats.</summary>
    Fp32,
    /// <summary>16-bit IEEE floats; branch outputs are scaled so that they stay in range.</summary>
    Fp16,
    /// <summary>The upper half of 32-bit floats.</summary>
    Bf16,
}

/// <summary>How many bits a weight takes; activations stay floats.</summary>
public enum Quantization
{
    /// <summary>As many as the numbers it is computed in.</summary>
    None = 0,
    /// <summary>Four.</summary>
    Int4 = 4,
    /// <summary>Eight.</summary>
    Int8 = 8,
}
