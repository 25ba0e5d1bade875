using System.Text.Json;

namespace GlmStudio.Engine.Model;

/// <summary>Reads a configuration object and says which key is wrong.</summary>
internal sealed class ConfigReader(JsonElement element, string path)
{
    public ConfigReader Section(string key) => OptionalSection(key) ?? throw Bad(key, "is missing");

    public ConfigReader? OptionalSection(string key) =>
        element.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.Object ? new ConfigReader(value, $"{path}{key}.") : null;

    public string Text(string key, string fallback) =>
        element.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : fallback;

    public int Integer(string key, int min, int max, int? fallback = null)
    {
        if (!Has(key, out var value)) return fallback ?? throw Bad(key, "is missing");
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt32(out var number)) throw Bad(key, $"is {value}, expected a whole number");
        return number >= min && number <= max ? number : throw Bad(key, $"is {number}, expected {min} … {max}");
    }

    public double Number(string key, double fallback)
    {
        if (!Has(key, out var value)) return fallback;
        return value.ValueKind == JsonValueKind.Number ? value.GetDouble() : throw Bad(key, $"is {value}, expected a number");
    }

    public bool Flag(string key, bool fallback) => Has(key, out var value) ? value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Bad(key, $"is {value}, expected true or false"),
    } : fallback;

    /// <summary>A list of whole numbers; one number counts as a list of one, a missing key as an empty list.</summary>
    public IReadOnlyList<int> IntegerList(string key)
    {
        if (!Has(key, out var value)) return [];
        if (value.ValueKind == JsonValueKind.Number) return [value.GetInt32()];
        return value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(n => n.ValueKind == JsonValueKind.Number)
            ? [.. value.EnumerateArray().Select(n => n.GetInt32())]
            : throw Bad(key, $"is {value}, expected whole numbers");
    }

    /// <summary>A list of numbers; a missing key as an empty list.</summary>
    public IReadOnlyList<double> NumberList(string key) => !Has(key, out var value) ? []
        : value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(n => n.ValueKind == JsonValueKind.Number)
            ? [.. value.EnumerateArray().Select(n => n.GetDouble())]
            : throw Bad(key, $"is {value}, expected numbers");

    private bool Has(string key, out JsonElement value) => element.TryGetProperty(key, out value) && value.ValueKind != JsonValueKind.Null;

    private EngineException Bad(string key, string why) => new(EngineFault.BadCheckpoint, $"config.json: {path}{key} {why}.");
}
