using System.Globalization;
using System.Runtime.InteropServices;

namespace GlmStudio.Engine.Graphs;

/// <summary>Writes an ONNX model node by node. Node names are paths: <c>/layers.0/attn/q_proj/MatMul</c>.</summary>
/// <remarks>Field numbers: onnx.proto of ONNX 1.19. IR 10 and opset 23 with com.microsoft 1, which ONNX Runtime 1.29 runs.</remarks>
internal sealed class GraphBuilder
{
    private const int IrVersion = 10;
    private const int Opset = 23;

    /// <summary>The domain of operators that a session adds to the runtime's own.</summary>
    public const string OwnDomain = "glm.studio";

    private readonly List<ProtobufWriter> _nodes = [], _initializers = [], _inputs = [], _outputs = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private string _path = "";
    private bool _hasOwn;

    /// <summary>Nodes made until the returned scope is disposed get this prefix: <c>using (graph.In("layers.0"))</c>.</summary>
    public IDisposable In(string part)
    {
        var outer = _path;
        _path = $"{_path}/{part}";
        return new Scope(() => _path = outer);
    }

    /// <summary>A model input. Dimensions are numbers or names of symbols.</summary>
    public string Input(string name, ElementType type, params object[] shape)
    {
        _inputs.Add(ValueInfo(name, type, shape));
        return name;
    }

    /// <summary>Makes a value a model output.</summary>
    public void Output(string value, string name, ElementType type, params object[] shape)
    {
        Add("Identity", [value], [name]);
        Declare(name, type, shape);
    }

    /// <summary>A small constant held in the model.</summary>
    public string Constant(string name, ReadOnlySpan<float> values, params long[] shape) =>
        Raw(Unique(name), ElementType.Float, shape, MemoryMarshal.AsBytes(values));

    /// <inheritdoc cref="Constant(string, ReadOnlySpan{float}, long[])"/>
    public string Constant(string name, ReadOnlySpan<long> values, params long[] shape) =>
        Raw(Unique(name), ElementType.Int64, shape, MemoryMarshal.AsBytes(values));

    /// <summary>A weight whose bytes stay in another file, at any byte offset; the path is relative to the session's external data folder.</summary>
    public string External(string name, ElementType type, IReadOnlyList<long> shape, string file, long offset, long length)
    {
        static ProtobufWriter Entry(string key, string value) => new ProtobufWriter().Text(1, key).Text(2, value);
        _initializers.Add(Tensor(name, type, shape)
            .Message(13, Entry("location", file))
            .Message(13, Entry("offset", offset.ToString(CultureInfo.InvariantCulture)))
            .Message(13, Entry("length", length.ToString(CultureInfo.InvariantCulture)))
            .Integer(14, 1));
        return name;
    }

    /// <summary>One node with one output.</summary>
    public string Node(string op, IReadOnlyList<string> inputs, GraphAttributes? attributes = null, string domain = "") =>
        Nodes(op, inputs, 1, attributes, domain)[0];

    /// <summary>One node with several outputs, named after the node; those <paramref name="unused"/> are left out.</summary>
    public IReadOnlyList<string> Nodes(string op, IReadOnlyList<string> inputs, int outputs, GraphAttributes? attributes = null, string domain = "", IReadOnlyList<int>? unused = null)
    {
        var name = Unique(op);
        string[] results = [.. Enumerable.Range(0, outputs).Select(i => unused?.Contains(i) == true ? "" : outputs == 1 ? $"{name}/out" : $"{name}/out.{i}")];
        Add(op, inputs, results, name, attributes, domain);
        return results;
    }

    /// <summary>One node whose outputs have given names; an output that <see cref="Declare"/> makes a model output is written in place.</summary>
    public void NodeInto(string op, IReadOnlyList<string> inputs, IReadOnlyList<string> outputs, GraphAttributes? attributes = null, string domain = "") =>
        Add(op, inputs, outputs, Unique(op), attributes, domain);

    /// <summary>Makes a value that a node produces under this name a model output.</summary>
    public void Declare(string name, ElementType type, params object[] shape) => _outputs.Add(ValueInfo(name, type, shape));

    /// <summary>The serialized ModelProto.</summary>
    public byte[] ToModel()
    {
        var graph = new ProtobufWriter();
        foreach (var node in _nodes) graph.Message(1, node);
        graph.Text(2, "graph");
        foreach (var initializer in _initializers) graph.Message(5, initializer);
        foreach (var input in _inputs) graph.Message(11, input);
        foreach (var output in _outputs) graph.Message(12, output);
        var model = new ProtobufWriter().Integer(1, IrVersion)
            .Message(8, new ProtobufWriter().Text(1, "").Integer(2, Opset))
            .Message(8, new ProtobufWriter().Text(1, "com.microsoft").Integer(2, 1));
        // Sessions that do not know a domain may refuse it.
        if (_hasOwn) model.Message(8, new ProtobufWriter().Text(1, OwnDomain).Integer(2, 1));
        return model.Message(7, graph).ToArray();
    }

    private void Add(string op, IReadOnlyList<string> inputs, IReadOnlyList<string> outputs, string? name = null, GraphAttributes? attributes = null, string domain = "")
    {
        var node = new ProtobufWriter();
        foreach (var input in inputs) node.Text(1, input);
        foreach (var output in outputs) node.Text(2, output);
        node.Text(3, name ?? Unique(op)).Text(4, op);
        foreach (var attribute in attributes?.Messages ?? []) node.Message(5, attribute);
        _hasOwn |= domain == OwnDomain;
        _nodes.Add(node.Text(7, domain));
    }

    private string Raw(string name, ElementType type, IReadOnlyList<long> shape, ReadOnlySpan<byte> bytes)
    {
        _initializers.Add(Tensor(name, type, shape).Bytes(9, bytes));
        return name;
    }

    private string Unique(string last)
    {
        var path = $"{_path}/{last}";
        for (var n = 1; !_names.Add(path); n++) path = string.Create(CultureInfo.InvariantCulture, $"{_path}/{last}.{n}");
        return path;
    }

    private static ProtobufWriter Tensor(string name, ElementType type, IReadOnlyList<long> shape) =>
        shape.Aggregate(new ProtobufWriter(), (message, d) => message.Integer(1, d)).Integer(2, (int)type).Text(8, name);

    private static ProtobufWriter ValueInfo(string name, ElementType type, object[] shape)
    {
        var dimensions = shape.Aggregate(new ProtobufWriter(), (message, d) => message.Message(1, d is string symbol
            ? new ProtobufWriter().Text(2, symbol)
            : new ProtobufWriter().Integer(1, Convert.ToInt64(d, CultureInfo.InvariantCulture))));
        var tensor = new ProtobufWriter().Integer(1, (int)type).Message(2, dimensions);
        return new ProtobufWriter().Text(1, name).Message(2, new ProtobufWriter().Message(1, tensor));
    }

    private sealed class Scope(Action leave) : IDisposable
    {
        public void Dispose() => leave();
    }
}
