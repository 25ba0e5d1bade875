namespace GlmStudio.Engine.Sessions;

/// <summary>A piece of a card's memory that goes back to its pool when nobody holds it any more.</summary>
/// <remarks>Features are shared by the cache and by every request that asked about the picture: the garbage collector knows best who was the last.</remarks>
internal sealed class CardBlock(CardBlocks pool, nint address, long bytes)
{
    public nint Address { get; } = address;

    public long Bytes { get; } = bytes;

    ~CardBlock() => pool.Return(Address, Bytes);
}
