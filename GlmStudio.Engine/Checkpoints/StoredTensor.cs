namespace GlmStudio.Engine.Checkpoints;

/// <summary>Where a tensor lies on disk. Row-major, little-endian.</summary>
/// <param name="Name">Name in the file, for example <c>model.language_model.norm.weight</c>.</param>
/// <param name="Type">Element type.</param>
/// <param name="Shape">Dimensions, outermost first; empty for a scalar.</param>
/// <param name="File">The safetensors file that holds it.</param>
/// <param name="Offset">First byte, counted from the start of the file.</param>
/// <param name="Length">Bytes: the product of <paramref name="Shape"/> times the element's size.</param>
public sealed record StoredTensor(string Name, TensorType Type, IReadOnlyList<long> Shape, string File, long Offset, long Length)
{
    /// <summary>Number of elements.</summary>
    public long Count => Length / Type.Size();

    /// <summary>The shape as people write it: <c>[4096, 1536]</c>.</summary>
    public string ShapeText => $"[{string.Join(", ", Shape)}]";
}
