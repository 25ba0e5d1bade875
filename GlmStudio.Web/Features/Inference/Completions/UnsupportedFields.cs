using System.Text.Json;

namespace GlmStudio.Web.Features.Inference.Completions;

/// <summary>Fields of OpenAI's interface (and of servers like it) that would change the answer and that no engine here follows. To ignore one
/// would give a wrong answer that looks right; fields that change nothing are ignored.</summary>
internal static class UnsupportedFields
{
    private static readonly Dictionary<string, string> Why = new(StringComparer.Ordinal)
    {
        ["tools"] = "No engine here calls tools; describe the wanted form of the answer in the message.",
        ["functions"] = "No engine here calls functions; describe the wanted form of the answer in the message.",
        ["n"] = "Only 1 is supported: one answer a call.",
        ["best_of"] = "Only 1 is supported: one answer a call.",
        ["top_logprobs"] = "Only 0 is supported: log-probabilities are given for the chosen tokens.",
        ["audio"] = "Audio is not supported.",
        ["modalities"] = "Only [\"text\"] is supported.",
        ["frequency_penalty"] = "Only 0 is supported; use repetition_penalty.",
        ["presence_penalty"] = "Only 0 is supported; use repetition_penalty.",
        ["logit_bias"] = "Biases are not supported.",
        ["min_p"] = "Only 0 is supported; use top_p or top_k.",
        ["min_tokens"] = "Only 0 is supported.",
        ["ignore_eos"] = "Only false is supported.",
        ["stop_token_ids"] = "Token ids are not supported; use stop with texts.",
        ["guided_grammar"] = "Use response_format, guided_json, guided_regex or guided_choice.",
        ["guided_whitespace_pattern"] = "JSON is written on one line, with one blank after each comma and colon.",
    };

    /// <summary>The first field that is refused, with the reason, or null.</summary>
    public static (string Field, string Why)? FirstIn(CompletionRequest request)
    {
        foreach (var (field, value) in request.Others ?? [])
            if (Why.TryGetValue(field, out var why) && !ChangesNothing(field, value)) return (field, $"\"{field}\" cannot be followed. {why}");
        return null;
    }

    private static bool ChangesNothing(string field, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.False => true,
        JsonValueKind.Number => value.GetDouble() == (field is "n" or "best_of" ? 1 : 0),
        JsonValueKind.Array => value.EnumerateArray().All(v => field == "modalities" && v.ValueEquals("text")),
        JsonValueKind.Object => !value.EnumerateObject().Any(),
        _ => false,
    };
}
