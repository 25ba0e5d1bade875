namespace GlmStudio.Engine.Graphs;

/// <summary>ONNX element types with their numbers in <c>TensorProto.DataType</c>.</summary>
internal enum ElementType
{
    Float = 1,
    UInt8 = 2,
    Int8 = 3,
    Int32 = 6,
    Int64 = 7,
    Bool = 9,
    Float16 = 10,
    BFloat16 = 16,
}
