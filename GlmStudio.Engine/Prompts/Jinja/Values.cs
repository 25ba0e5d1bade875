using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GlmStudio.Engine.Prompts.Jinja;

/// <summary>How Python sees values: truth, equality, order and text.</summary>
internal static class Values
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    public static bool IsTrue(object? value) => value switch
    {
        null or Undefined => false,
        bool b => b,
        long n => n != 0,
        double d => d != 0,
        string s => s.Length > 0,
        List<object?> list => list.Count > 0,
        Dictionary<string, object?> map => map.Count > 0,
        _ => true,
    };

    public static string Text(object? value) => value switch
    {
        null => "None",
        Undefined => "",
        bool b => b ? "True" : "False",
        long n => n.ToString(CultureInfo.InvariantCulture),
        double d => d == Math.Floor(d) && Math.Abs(d) < 1e16 ? d.ToString("0.0", CultureInfo.InvariantCulture) : d.ToString("R", CultureInfo.InvariantCulture),
        string s => s,
        _ => ToJson(value),
    };

    public static long Integer(object? value) => value switch
    {
        long n => n,
        bool b => b ? 1 : 0,
        double d => (long)d,
        _ => throw Fault.In($"expected a whole number, found {Kind(value)}"),
    };

    public static double Number(object? value) => value is double d ? d : Integer(value);

    public static new bool Equals(object? left, object? right) => (left, right) switch
    {
        (null, null) or (Undefined, Undefined) => true,
        (null, _) or (_, null) => false,
        (string a, string b) => string.Equals(a, b, StringComparison.Ordinal),
        (bool or long or double, bool or long or double) => Number(left) == Number(right),
        (List<object?> a, List<object?> b) => a.Count == b.Count && a.Zip(b).All(p => Equals(p.First, p.Second)),
        (Dictionary<string, object?> a, Dictionary<string, object?> b) => a.Count == b.Count && a.All(e => b.TryGetValue(e.Key, out var other) && Equals(e.Value, other)),
        _ => ReferenceEquals(left, right),
    };

    public static int Compare(object? left, object? right) => (left, right) switch
    {
        (string a, string b) => string.CompareOrdinal(a, b),
        (bool or long or double, bool or long or double) => Number(left).CompareTo(Number(right)),
        _ => throw Fault.In($"{Kind(left)} and {Kind(right)} have no order"),
    };

    public static bool Contains(object? container, object? item) => container switch
    {
        string text => text.Contains(Text(item), StringComparison.Ordinal),
        Dictionary<string, object?> map => item is string key && map.ContainsKey(key),
        List<object?> list => list.Exists(e => Equals(e, item)),
        Undefined or null => false,
        _ => throw Fault.In($"{Kind(container)} contains nothing"),
    };

    /// <summary>What a loop walks over: elements, keys or characters.</summary>
    public static IReadOnlyList<object?> Items(object? value) => value switch
    {
        List<object?> list => list,
        Dictionary<string, object?> map => [.. map.Keys],
        string text => [.. text.EnumerateRunes().Select(r => r.ToString())],
        Undefined or null => [],
        _ => throw Fault.In($"{Kind(value)} cannot be walked over"),
    };

    /// <summary>Python's json.dumps: a space after each comma and colon, characters as they are.</summary>
    public static string ToJson(object? value) => value switch
    {
        null or Undefined => "null",
        List<object?> list => $"[{string.Join(", ", list.Select(ToJson))}]",
        Dictionary<string, object?> map => $"{{{string.Join(", ", map.Select(e => $"{ToJson(e.Key)}: {ToJson(e.Value)}"))}}}",
        bool b => b ? "true" : "false",
        long or double => Text(value),
        string s => JsonSerializer.Serialize(s, Json),
        _ => throw Fault.In($"{Kind(value)} has no JSON form"),
    };

    public static string Kind(object? value) => value switch
    {
        null => "None",
        Undefined => "an undefined value",
        bool => "a boolean",
        long or double => "a number",
        string => "a string",
        List<object?> => "a list",
        Dictionary<string, object?> => "a mapping",
        _ => "a function",
    };
}
