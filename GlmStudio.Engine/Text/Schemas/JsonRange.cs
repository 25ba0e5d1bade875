using System.Globalization;
using System.Text.Json.Nodes;
using GlmStudio.Engine.Text.Grammars;

namespace GlmStudio.Engine.Text.Schemas;

/// <summary>Counts and bounds as a schema gives them.</summary>
internal static class JsonRange
{
    private const int MostCount = 1_000_000;

    /// <summary>A keyword's number. Numbers beyond what a decimal holds become the largest one.</summary>
    public static decimal Number(JsonNode? node, string keyword, string pointer)
    {
        if (node is not JsonValue value || value.GetValueKind() != System.Text.Json.JsonValueKind.Number) throw new SchemaException(keyword, pointer, "it must be a number");
        var text = value.ToJsonString();
        if (decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) return number;
        return double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture) < 0 ? decimal.MinValue : decimal.MaxValue;
    }

    /// <summary>Fewest and most, with a bound where the schema gives none.</summary>
    public static (int Fewest, int Most) Counts(JsonObject schema, string fewest, string most, int otherwise, string pointer)
    {
        var from = Count(schema, fewest, pointer) ?? 0;
        var to = Count(schema, most, pointer) ?? Math.Max(from, otherwise);
        return from <= to ? (from, to) : throw new SchemaException(fewest, pointer, $"{from} is more than {most} {to}");
    }

    /// <summary>The numbers a schema allows.</summary>
    public static (NumberBound Low, NumberBound High) Numbers(JsonObject schema, string pointer)
    {
        var (low, high) = (new NumberBound(decimal.MinValue), new NumberBound(decimal.MaxValue));
        if (Bound("minimum") is { } minimum) low = new NumberBound(minimum);
        if (Bound("exclusiveMinimum") is { } above && above >= low.Value) low = new NumberBound(above, IsOpen: true);
        if (Bound("maximum") is { } maximum) high = new NumberBound(maximum);
        if (Bound("exclusiveMaximum") is { } below && below <= high.Value) high = new NumberBound(below, IsOpen: true);
        return (low, high);

        decimal? Bound(string keyword) => schema.TryGetPropertyValue(keyword, out var node) ? Number(node, keyword, pointer) : null;
    }

    private static int? Count(JsonObject schema, string keyword, string pointer)
    {
        if (!schema.TryGetPropertyValue(keyword, out var node)) return null;
        var number = Number(node, keyword, pointer);
        return number >= 0 && number == Math.Floor(number) && number <= MostCount ? (int)number
            : throw new SchemaException(keyword, pointer, $"it must be a whole number from 0 to {MostCount:N0}");
    }
}
