using GlmStudio.Engine.Model;

namespace GlmStudio.Engine.Sessions;

/// <summary>What an image became: [features, hidden] numbers of 32 bits, in the processor's memory or on the card that made them.</summary>
/// <param name="Values">The numbers; empty where they are on a card.</param>
/// <param name="Grid">Features, vertically and horizontally.</param>
internal sealed record ImageFeatures(float[] Values, FeatureGrid Grid)
{
    /// <summary>Where they are on a card; null where they are not.</summary>
    public CardNumbers? OnCard { get; init; }

    public long Bytes => sizeof(float) * (OnCard?.Count ?? Values.LongLength);
}

/// <summary>Some of the 32-bit numbers in a block.</summary>
/// <param name="Block">The block.</param>
/// <param name="First">The first of them in the block.</param>
/// <param name="Count">How many.</param>
internal sealed record CardNumbers(CardBlock Block, long First, long Count)
{
    public nint Address(long number) => Block.Address + (nint)((First + number) * sizeof(float));
}
