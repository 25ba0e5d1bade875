using System.Text;
using System.Text.Json;
using GlmStudio.Engine.Transcription;

namespace GlmStudio.Engine.Values;

/// <summary>The evidence for the answer of an engine that writes token by token: what each asked field got, where the page shows it, and how sure
/// the model was of its characters.</summary>
/// <remarks>The score is exp(mean log-probability) of the tokens that write the value, quotes and tokens that the
/// answer's form left no choice about not counted; it is the model's own opinion and not calibrated. It is 0 where the field got no value or the model chose nothing of it. Boxes are of the first page only, since a box does not name its page.</remarks>
internal static class AnswerEvidence
{
    private static readonly JsonReaderOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>A value of the answer: its text, its first byte and the one behind it, and the byte that decided between a value and null.</summary>
    private sealed record Written(string? Text, int Start, int End, int Opening);

    /// <summary>Reads the first object of an answer, or its lines. What follows a fault in it is left out; an answer without an object gives nothing.</summary>
    /// <param name="tokens">The answer's tokens.</param>
    /// <param name="fields">What was asked.</param>
    /// <param name="page">The first page's transcript, where it was read.</param>
    /// <param name="layout">How the answer is written; null: as JSON.</param>
    public static IReadOnlyList<FieldReading> Of(IReadOnlyList<ChosenToken> tokens, IReadOnlyList<AskedField> fields, Transcript? page, AnswerLayout? layout = null)
    {
        var answer = new byte[tokens.Sum(t => t.Bytes.Length)];
        var at = 0;
        foreach (var token in tokens)
        {
            token.Bytes.CopyTo(answer.AsMemory(at));
            at += token.Bytes.Length;
        }
        var written = layout is null or { Shape: AnswerShape.Json } ? Read(answer) : ReadLines(answer, fields, layout);
        return [.. fields.Select(f => Find(f, written) is { } value ? Reading(f, value, tokens, page) : null).OfType<FieldReading>()];
    }

    private static FieldReading Reading(AskedField field, Written value, IReadOnlyList<ChosenToken> tokens, Transcript? page)
    {
        var evidence = TokenEvidence.Of(tokens, value.Start, value.End, value.Opening);
        if (string.IsNullOrWhiteSpace(value.Text)) return new FieldReading(field.Key, null, null, 0) { Evidence = evidence };
        var isSearched = page is not null && field.Type != FieldType.YesNo;
        var place = isSearched ? ValueLocator.Locate(page!, value.Text) : null;
        var score = evidence is { Tokens: > 0 } ? Math.Exp(evidence.LogProbability / evidence.Tokens) : 0;
        return new FieldReading(field.Key, value.Text, place?.Box, score)
        {
            Evidence = evidence, Match = isSearched ? place?.Score ?? 0 : null, LineScore = place is null ? null : LineEvidence.Score(page!, place.Box),
        };
    }

    private static Written? Find(AskedField field, Dictionary<string, Written> written) =>
        written.GetValueOrDefault(field.Key) ?? written.FirstOrDefault(w => w.Key.Equals(field.Label, StringComparison.OrdinalIgnoreCase)).Value;

    private static Dictionary<string, Written> ReadLines(byte[] answer, IReadOnlyList<AskedField> fields, AnswerLayout layout) =>
        WrittenForm.Read(Encoding.UTF8.GetString(answer), fields, layout)
            .ToDictionary(v => v.Key, v => new Written(v.Entries.Count == 0 ? null : string.Join('\n', v.Entries), v.Start, v.End, v.Start), StringComparer.Ordinal);

    private static Dictionary<string, Written> Read(byte[] answer)
    {
        var found = new Dictionary<string, Written>(StringComparer.Ordinal);
        var open = answer.AsSpan().IndexOf((byte)'{');
        if (open < 0) return found;
        var json = new Utf8JsonReader(answer.AsSpan(open), Lenient);
        try
        {
            json.Read();
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                var name = json.GetString()!;
                json.Read();
                found.TryAdd(name, Value(ref json, answer, open));
            }
        }
        // InvalidOperationException: bytes that are no UTF-8.
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
        }
        return found;
    }

    private static Written Value(ref Utf8JsonReader json, byte[] answer, int open)
    {
        var (start, isString) = (open + (int)json.TokenStartIndex, json.TokenType == JsonTokenType.String);
        var text = json.TokenType switch
        {
            JsonTokenType.Null => null,
            JsonTokenType.String => json.GetString(),
            JsonTokenType.StartArray => Entries(ref json),
            _ => null,
        };
        if (json.TokenType == JsonTokenType.StartObject) json.Skip();
        var end = open + (int)json.BytesConsumed;
        if (json.TokenType is JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False or JsonTokenType.EndObject) text = Encoding.UTF8.GetString(answer[start..end]);
        return isString ? new Written(text, start + 1, end - 1, start) : new Written(text, start, end, start);
    }

    /// <summary>One entry a line; what is not a text or a number inside the list is passed over.</summary>
    private static string Entries(ref Utf8JsonReader json)
    {
        List<string> entries = [];
        for (var depth = 1; depth > 0 && json.Read();)
            if (json.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject) depth++;
            else if (json.TokenType is JsonTokenType.EndArray or JsonTokenType.EndObject) depth--;
            else if (json.TokenType is JsonTokenType.String) entries.Add(json.GetString()!);
            else if (json.TokenType is JsonTokenType.Number) entries.Add(Encoding.UTF8.GetString(json.ValueSpan));
        return string.Join('\n', entries);
    }
}
