using System.Text.Json;
using GlmStudio.Engine;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Features.Inference.Completions;

namespace GlmStudio.Web.Features.Inference.CompletionBatches.Running;

/// <summary>A line as it is written: <c>{"custom_id", "method", "url", "body"}</c>.</summary>
internal sealed record BatchRequest(string CustomId, CompletionRequest Body)
{
    private const int MaxCustomId = 512;

    /// <summary>Reads a line; every fault found in it goes to <paramref name="faults"/>.</summary>
    public static BatchRequest? Read(InputLine line, List<InputFault> faults)
    {
        var before = faults.Count;
        void Fault(string code, string message, string? param = null) => faults.Add(new InputFault(line.Number, code, message, param));
        try
        {
            using var json = JsonDocument.Parse(line.Bytes);
            if (json.RootElement is not { ValueKind: JsonValueKind.Object } root)
            {
                Fault("invalid_json_line", "The line is not a JSON object.");
                return null;
            }
            var id = Text(root, "custom_id");
            if (id is null) Fault("missing_required_parameter", "\"custom_id\" is missing or not a text.", "custom_id");
            else if (id.Length is 0 or > MaxCustomId) Fault("invalid_custom_id", $"\"custom_id\" has {id.Length} characters; it has 1 to {MaxCustomId}.", "custom_id");
            if (Text(root, "method") is var method && method != "POST") Fault("invalid_method", $"\"method\" is \"{method}\"; it is POST.", "method");
            if (Text(root, "url") is var url && url != CreateCompletionBatch.OnlyEndpoint) Fault("invalid_url", $"\"url\" is \"{url}\"; it is {CreateCompletionBatch.OnlyEndpoint}, as the batch's endpoint.", "url");
            var body = root.TryGetProperty("body", out var found) && found.ValueKind == JsonValueKind.Object ? found.Deserialize<CompletionRequest>(Doors.Json) : null;
            if (body is null) Fault("missing_required_parameter", "\"body\" is missing or not an object.", "body");
            else if (body.Stream == true) Fault("unsupported_parameter", "\"stream\" is true; a batch has nobody to stream to.", "body.stream");
            return faults.Count > before ? null : new BatchRequest(id!, body!);
        }
        catch (JsonException error)
        {
            Fault(error.Path is null or "$" ? "invalid_json_line" : "invalid_request", $"The line cannot be read{(error.Path is { Length: > 1 } path ? $" at {path}" : "")}: {error.Message.Split(" Path:")[0]}");
            return null;
        }
    }

    /// <summary>What the engine's door says of the body; null where it can be asked.</summary>
    public InputFault? Check(int line, PrepareCompletion prepare)
    {
        try
        {
            return prepare.Handle(Body).Refused is { } refused
                ? new InputFault(line, refused.Code ?? "invalid_request", refused.Message, refused.Param is { } param ? $"body.{param}" : null) : null;
        }
        catch (EngineException error)
        {
            return new InputFault(line, "invalid_request", error.Message);
        }
    }

    private static string? Text(JsonElement root, string name) => root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
