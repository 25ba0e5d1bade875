using System.Text.Json;

namespace GlmStudio.Engine.Values;

/// <summary>Something documents state (a total, an invoice number, a rated voltage) with the words by which it is labelled in Chinese and English.</summary>
internal sealed record Concept
{
    public required string Name { get; init; }

    /// <summary>The field types that can hold it, in lower camel case.</summary>
    public required IReadOnlyList<string> Types { get; init; }

    /// <summary>How it may be found where no label stands beside it; null where only a label proves it.</summary>
    public string? Role { get; init; }

    /// <summary>Whether the value goes on over the following lines.</summary>
    public bool Multi { get; init; }

    /// <summary>Unit of measurement (a regular expression) that alone identifies the value.</summary>
    public string? Unit { get; init; }

    /// <summary>The part of the page it belongs to: <c>buyer</c> or <c>seller</c>. Decides to whom a <see cref="Base"/> label belongs.</summary>
    public string? Section { get; init; }

    /// <summary>Labels that mean it only inside its section: 名称 under 购买方.</summary>
    public IReadOnlyList<string> Base { get; init; } = [];

    /// <summary>Labels that certainly mean it.</summary>
    public IReadOnlyList<string> Strong { get; init; } = [];

    /// <summary>Labels that usually mean it.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>Labels that mean it where nothing better is found.</summary>
    public IReadOnlyList<string> Weak { get; init; } = [];

    /// <summary>Words that also head a page: they count only with the value in the same row.</summary>
    public IReadOnlyList<string> Inline { get; init; } = [];

    /// <summary>Words beside a label that turn it into something else: "Total <em>qty</em>".</summary>
    public IReadOnlyList<string> Not { get; init; } = [];

    /// <summary>Whether a field of this type can ask for it.</summary>
    public bool Fits(FieldType type) => Types.Contains(type.ToString(), StringComparer.OrdinalIgnoreCase);
}

/// <summary>The table of concepts, from the embedded <c>concepts.json</c>.</summary>
internal static class Concepts
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static IReadOnlyList<Concept> All { get; } = Load();

    /// <summary>Compact label → the concepts that use it as a sure label first, then those that use it otherwise.</summary>
    private static readonly Dictionary<string, List<(Concept Concept, double Weight)>> ByLabel = Index();

    /// <summary>The concept that a field's own name or label means, or null.</summary>
    public static Concept? For(string label, FieldType type)
    {
        if (!ByLabel.TryGetValue(Compact.Of(label), out var found))
            return null;
        return found.Where(f => f.Concept.Fits(type)).OrderByDescending(f => f.Weight).Select(f => f.Concept).FirstOrDefault();
    }

    /// <summary>How surely a label means a concept, 0 … 1; 1 where it is not among the concept's labels.</summary>
    public static double Weight(Concept concept, string label)
    {
        var compact = Compact.Of(label);
        return concept.Strong.Any(Is) ? 1 : concept.Labels.Any(Is) ? 0.85 : concept.Weak.Any(Is) ? 0.5 : 1;

        bool Is(string other) => Compact.Of(other) == compact;
    }

    private static Concept[] Load()
    {
        using var stream = typeof(Concepts).Assembly.GetManifestResourceStream("GlmStudio.Engine.Values.concepts.json")
            ?? throw new InvalidOperationException("concepts.json is not embedded.");
        return JsonSerializer.Deserialize<Concept[]>(stream, Json)!;
    }

    private static Dictionary<string, List<(Concept, double)>> Index()
    {
        Dictionary<string, List<(Concept, double)>> index = [];
        foreach (var concept in All)
        {
            Add(concept.Name.Replace('_', ' '), concept, 1.1);
            foreach (var label in concept.Strong) Add(label, concept, 1);
            foreach (var label in concept.Labels) Add(label, concept, 0.9);
            foreach (var label in concept.Inline) Add(label, concept, 0.8);
            foreach (var label in concept.Weak) Add(label, concept, 0.5);
        }
        return index;

        void Add(string label, Concept concept, double weight)
        {
            var key = Compact.Of(label);
            if (!index.TryGetValue(key, out var list))
                index[key] = list = [];
            if (!list.Exists(l => l.Item1 == concept))
                list.Add((concept, weight));
        }
    }
}
