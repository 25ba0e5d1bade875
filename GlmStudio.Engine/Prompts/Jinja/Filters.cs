namespace GlmStudio.Engine.Prompts.Jinja;

/// <summary>Filters (<c>value | name(arguments)</c>) and tests (<c>value is name</c>).</summary>
internal static class Filters
{
    public static object? Apply(string name, object? value, IReadOnlyList<object?> arguments, IReadOnlyDictionary<string, object?> named, int line) => name switch
    {
        "trim" => Values.Text(value).Trim(),
        "length" or "count" => (long)(value is string s ? s.Length : Values.Items(value).Count),
        "tojson" => Values.ToJson(value),
        "upper" => Values.Text(value).ToUpperInvariant(),
        "lower" => Values.Text(value).ToLowerInvariant(),
        "string" => Values.Text(value),
        "int" => value is string digits ? long.TryParse(digits, out var n) ? n : 0L : Values.Integer(value),
        "list" => Values.Items(value).ToList(),
        "items" => value is Dictionary<string, object?> ? ((Callable)Members.Attribute(value, "items")!)(null!, [], named) : new List<object?>(),
        "first" => Values.Items(value) is [var first, ..] ? first : Undefined.Value,
        "last" => Values.Items(value) is [.., var last] ? last : Undefined.Value,
        "reverse" => Values.Items(value).Reverse().ToList(),
        "join" => string.Join(arguments.Count > 0 ? Values.Text(arguments[0]) : "", Values.Items(value).Select(Values.Text)),
        "replace" => Values.Text(value).Replace(Values.Text(arguments[0]), Values.Text(arguments[1]), StringComparison.Ordinal),
        "default" or "d" => value is Undefined || (arguments.Count > 1 && Values.IsTrue(arguments[1]) && !Values.IsTrue(value)) ? arguments.Count > 0 ? arguments[0] : "" : value,
        "map" => Values.Items(value).Select(item => named.TryGetValue("attribute", out var key) ? Members.Item(item, key) : Apply(Values.Text(arguments[0]), item, [], named, line)).ToList(),
        "selectattr" => Values.Items(value).Where(item => Selected(item, arguments)).ToList(),
        "rejectattr" => Values.Items(value).Where(item => !Selected(item, arguments)).ToList(),
        _ => throw Fault.At(line, $"the filter \"{name}\" is not supported"),
    };

    public static bool Test(string name, object? value, IReadOnlyList<object?> arguments, int line) => name switch
    {
        "defined" => value is not Undefined,
        "undefined" => value is Undefined,
        "none" => value is null,
        "string" => value is string,
        "mapping" => value is Dictionary<string, object?>,
        "iterable" or "sequence" => value is string or List<object?> or Dictionary<string, object?>,
        "number" => value is long or double,
        "integer" => value is long,
        "boolean" => value is bool,
        "true" => value is true,
        "false" => value is false,
        "callable" => value is Callable,
        "equalto" or "eq" => Values.Equals(value, arguments[0]),
        "ne" => !Values.Equals(value, arguments[0]),
        "in" => Values.Contains(arguments[0], value),
        "odd" => Values.Integer(value) % 2 != 0,
        "even" => Values.Integer(value) % 2 == 0,
        _ => throw Fault.At(line, $"the test \"{name}\" is not supported"),
    };

    private static bool Selected(object? item, IReadOnlyList<object?> arguments)
    {
        var value = Members.Item(item, arguments[0]);
        return arguments.Count == 1 ? Values.IsTrue(value) : Test(Values.Text(arguments[1]), value, [.. arguments.Skip(2)], 0);
    }
}
