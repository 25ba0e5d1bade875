using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GlmStudio.Web.Domain.Rules;

/// <summary>Steps as JSON, the same in the database and in template files.</summary>
public static class StepJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false, AllowOutOfOrderMetadataProperties = true, RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true, Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <summary>The names of the steps as they stand in a file.</summary>
    public static IReadOnlyDictionary<string, Type> Kinds { get; } = typeof(FieldStep).GetCustomAttributes(typeof(JsonDerivedTypeAttribute), false)
        .Cast<JsonDerivedTypeAttribute>().ToDictionary(a => (string)a.TypeDiscriminator!, a => a.DerivedType, StringComparer.Ordinal);

    public static string Write(IReadOnlyList<FieldStep> steps) => JsonSerializer.Serialize(steps, Options);

    public static void Write(Utf8JsonWriter json, FieldStep step) => JsonSerializer.Serialize(json, step, Options);

    public static IReadOnlyList<FieldStep> Read(string text) => JsonSerializer.Deserialize<List<FieldStep>>(text, Options) ?? [];

    /// <summary>Reads one step of a file that may be damaged.</summary>
    /// <exception cref="JsonException">Its path says which property is missing, unknown or of the wrong kind.</exception>
    public static FieldStep Read(JsonElement element) => element.Deserialize<FieldStep>(Options) ?? throw new JsonException("null", "$", null, null);
}
