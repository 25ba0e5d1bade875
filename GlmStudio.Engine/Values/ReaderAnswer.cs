using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using GlmStudio.Engine.Transcription;

namespace GlmStudio.Engine.Values;

/// <summary>What the reader answers.</summary>
/// <param name="Text">The answer.</param>
/// <param name="Readings">The asked fields' values with their evidence; empty for a free question.</param>
internal sealed record ReaderAnswer(string Text, IReadOnlyList<FieldReading> Readings)
{
    private const double Shown = 0.8;

    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = true };

    /// <summary>Answers a request from the transcripts of its pictures.</summary>
    public static ReaderAnswer To(GlmRequest request, IReadOnlyList<Transcript> pages)
    {
        if (request.Fields is { Count: > 0 } fields)
            return WithEvidence(fields, Find(pages, fields));
        var wish = PromptReader.Read(request.Prompt);
        if (pages.Count == 0)
            return Said(wish, "没有收到图片。阅读器只能根据图片上的印刷文字回答，请附上图片。",
                "No picture came with the question. The reader answers only from the printed text of pictures: attach one.");
        return wish.Kind switch
        {
            PromptKind.Json => new ReaderAnswer(Json(wish.Fields, Find(pages, wish.Fields)), []),
            PromptKind.Form => new ReaderAnswer(string.Join('\n', wish.Fields.Zip(Find(pages, wish.Fields), (f, r) => $"【{f.Label}】：{r.Value}")), []),
            PromptKind.Single => Find(pages, wish.Fields)[0].Value is { } value
                ? new ReaderAnswer(value, []) : Said(wish, $"图片上没有找到{wish.Fields[0].Label}。", $"The picture does not show this: {wish.Fields[0].Label}."),
            PromptKind.Shows => wish.Quoted.All(q => pages.Any(p => ValueLocator.Locate(p, q)?.Score >= Shown)) ? Said(wish, "是", "yes") : Said(wish, "否", "no"),
            _ => PageTexts(pages) is { Length: > 0 } text ? new ReaderAnswer(text, []) : Said(wish, "图片上没有可辨认的印刷文字。", "The picture shows no readable printed text."),
        };
    }

    private static ReaderAnswer WithEvidence(IReadOnlyList<AskedField> fields, FieldReading[] readings) => new(Json(fields, readings), readings);

    private static ReaderAnswer Said(PromptWish wish, string chinese, string english) => new(wish.IsChinese ? chinese : english, []);

    private static string PageTexts(IReadOnlyList<Transcript> pages) => string.Join("\n\n", pages.Select(p => p.ToText())).Trim();

    /// <summary>Each field from the first page that shows it; boxes only of the first page, since a box does not name its page.</summary>
    private static FieldReading[] Find(IReadOnlyList<Transcript> pages, IReadOnlyList<AskedField> fields)
    {
        var readings = pages.Select(p => ValueFinder.Find(p, fields)).ToList();
        return [.. fields.Select((_, i) => readings[0][i].Value is not null || readings.Count == 1 ? readings[0][i]
            : readings.Skip(1).Select(r => r[i] with { Box = null }).FirstOrDefault(r => r.Value is not null) ?? readings[0][i])];
    }

    /// <summary>One object with the fields' keys in order; lists as arrays, what the page does not show as null.</summary>
    private static string Json(IReadOnlyList<AskedField> fields, IReadOnlyList<FieldReading> readings)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Writing))
        {
            json.WriteStartObject();
            for (var i = 0; i < fields.Count; i++)
                Write(json, fields[i], readings[i].Value);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    private static void Write(Utf8JsonWriter json, AskedField field, string? value)
    {
        json.WritePropertyName(field.Key);
        if (value is null)
            json.WriteNullValue();
        else if (field.Type != FieldType.List)
            json.WriteStringValue(value);
        else
        {
            json.WriteStartArray();
            foreach (var entry in value.Split('\n'))
                json.WriteStringValue(entry);
            json.WriteEndArray();
        }
    }
}
