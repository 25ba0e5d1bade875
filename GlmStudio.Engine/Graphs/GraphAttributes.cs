namespace GlmStudio.Engine.Graphs;

/// <summary>Attributes of a node, as AttributeProto messages: <c>new() { ["axis"] = -1 }</c>.</summary>
internal sealed class GraphAttributes
{
    private readonly List<ProtobufWriter> _messages = [];

    public IReadOnlyList<ProtobufWriter> Messages => _messages;

    /// <summary>Sets an attribute: a whole number, float, string, or list of whole numbers or floats.</summary>
    public object this[string name]
    {
        set => _messages.Add(Attribute(new ProtobufWriter().Text(1, name), value));
    }

    // AttributeProto: f=2 i=3 s=4 floats=7 ints=8 type=20 (FLOAT 1, INT 2, STRING 3, FLOATS 6, INTS 7).
    private static ProtobufWriter Attribute(ProtobufWriter message, object value) => value switch
    {
        int i => message.Integer(3, i).Integer(20, 2),
        long i => message.Integer(3, i).Integer(20, 2),
        float f => message.Float(2, f).Integer(20, 1),
        string s => message.Text(4, s).Integer(20, 3),
        long[] list => list.Aggregate(message, (m, i) => m.Integer(8, i)).Integer(20, 7),
        float[] list => list.Aggregate(message, (m, f) => m.Float(7, f)).Integer(20, 6),
        _ => throw new ArgumentException($"An attribute cannot be a {value.GetType().Name}.", nameof(value)),
    };
}
