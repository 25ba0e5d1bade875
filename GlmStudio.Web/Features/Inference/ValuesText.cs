using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using GlmStudio.Web.Domain.Rules;

namespace GlmStudio.Web.Features.Inference;

/// <summary>Values under a template's rules as the text of an answer: one JSON object.</summary>
internal static class ValuesText
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(IReadOnlyList<RuledValue> values)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartObject();
            foreach (var value in values) json.WriteString(value.Key, value.Value);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
