using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace GlmStudio.Web.Domain.Answers;

/// <summary>Reads JSON as models write it: trailing or missing commas, single quotes, bare words, quotes and line breaks inside strings, an end
/// that never came. Valid JSON is read as JSON says. Forward only, so the time is linear; depth is limited.</summary>
internal sealed partial class LenientJson
{
    private const int MaxDepth = 32;
    private readonly string _text;
    private int _at;

    private LenientJson(string text, int at) => (_text, _at) = (text, at);

    /// <summary>Reads the object that begins at an opening brace, as far as it goes. Returns it and the position behind it.</summary>
    public static (JsonObject Object, int End) ReadObject(string text, int at)
    {
        var reader = new LenientJson(text, at);
        return (reader.Object(0), reader._at);
    }

    private char Now => _at < _text.Length ? _text[_at] : '\0';
    private bool AtEnd => _at >= _text.Length;

    private JsonObject Object(int depth)
    {
        var result = new JsonObject();
        _at++;
        while (true)
        {
            Skip(",;");
            if (AtEnd) return result;
            if (Now is '}' or ']')
            {
                _at++;
                return result;
            }
            var before = _at;
            var name = Quote(Now) is { } quote ? String(quote) : Bare(":：{}[],\n");
            Skip("");
            if (Now is not (':' or '：'))
            {
                // Not a pair. Something must be consumed, or a stray character would hold us here.
                if (_at == before) _at++;
                if (name.Length == 0 || Now is '{') return result;
                continue;
            }
            _at++;
            var value = Value(depth + 1, inArray: false);
            if (result[name] is null) result[name] = value;
        }
    }

    private JsonArray Array(int depth)
    {
        var result = new JsonArray();
        _at++;
        while (true)
        {
            Skip(",;");
            if (AtEnd) return result;
            if (Now is ']' or '}')
            {
                if (Now is ']') _at++;
                return result;
            }
            var before = _at;
            result.Add(Value(depth + 1, inArray: true));
            if (_at == before) _at++;
        }
    }

    private JsonNode? Value(int depth, bool inArray)
    {
        Skip("");
        if (depth > MaxDepth)
        {
            _at = _text.Length;
            return null;
        }
        if (Now is '{') return Object(depth);
        if (Now is '[') return Array(depth);
        if (Quote(Now) is { } quote) return JsonValue.Create(String(quote));
        return Word(inArray);
    }

    /// <summary>A number keeps its digits as written; words that mean nothing are null; everything else is text.</summary>
    private JsonNode? Word(bool inArray)
    {
        if (!inArray && GroupedNumber().Match(_text, _at) is { Success: true } grouped)
        {
            _at += grouped.Length;
            return JsonValue.Create(grouped.Value);
        }
        var word = Bare(",}]\n").Trim();
        if (word is "null" or "None" or "undefined" or "") return null;
        if (word is "True" or "False") return JsonValue.Create(word == "True");
        if (!LooksJson().IsMatch(word)) return JsonValue.Create(word);
        return JsonNode.Parse(word);
    }

    private string Bare(string stops)
    {
        var start = _at;
        while (!AtEnd && !stops.Contains(Now, StringComparison.Ordinal)) _at++;
        return _text[start.._at].Trim();
    }

    private string String(char closing)
    {
        var result = new StringBuilder();
        _at++;
        while (!AtEnd)
        {
            var c = _text[_at++];
            if (c == '\\' && !AtEnd) result.Append(Escape());
            else if (c == closing && EndsString()) return result.ToString();
            else result.Append(c);
        }
        return result.ToString();
    }

    /// <summary>In valid JSON a closing quote is always followed by one of these; inside <c>"5" screen"</c> it is not.</summary>
    private bool EndsString()
    {
        var next = _at;
        while (next < _text.Length && _text[next] is ' ' or '\t') next++;
        return next >= _text.Length || _text[next] is ',' or '，' or ':' or '：' or '}' or ']' or ';' or '\n' or '\r' or '"' or '/';
    }

    private string Escape()
    {
        var c = _text[_at++];
        switch (c)
        {
            case 'n': return "\n";
            case 't': return "\t";
            case 'r': return "\r";
            case 'b': return "\b";
            case 'f': return "\f";
            case 'u' when _at + 4 <= _text.Length && ushort.TryParse(_text.AsSpan(_at, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code):
                _at += 4;
                return ((char)code).ToString();
            default: return c.ToString();
        }
    }

    /// <summary>White space, line comments and what separates pairs.</summary>
    private void Skip(string separators)
    {
        while (!AtEnd)
        {
            if (char.IsWhiteSpace(Now) || separators.Contains(Now, StringComparison.Ordinal) || (separators.Length > 0 && Now is '，')) _at++;
            else if (Now is '/' && _at + 1 < _text.Length && _text[_at + 1] is '/') Bare("\n");
            else return;
        }
    }

    private static char? Quote(char c) => c switch { '"' => '"', '\'' => '\'', '“' => '”', '‘' => '’', '`' => '`', _ => null };

    /// <summary>1,234.50 as a bare value of a pair is one number, not a number and a name.</summary>
    [GeneratedRegex(@"\G[-+]?\d{1,3}(,\d{3})+(\.\d+)?(?=\s*([,}\]\n]|\z))")]
    private static partial Regex GroupedNumber();

    [GeneratedRegex(@"\A(true|false|-?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?)\z")]
    private static partial Regex LooksJson();
}
