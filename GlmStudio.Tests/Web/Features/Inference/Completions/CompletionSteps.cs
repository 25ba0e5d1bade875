using System.Net.Http.Json;
using System.Text.Json;
using GlmStudio.Tests.Support;

namespace GlmStudio.Tests.Web.Features.Inference.Completions;

/// <summary>Steps of the completion tests.</summary>
internal static class CompletionSteps
{
    public const string Path = "/v1/chat/completions";

    /// <summary>A conversation of one user message, with further fields of the body.</summary>
    public static string Body(string content, string further = "") =>
        $$"""{"messages":[{"role":"user","content":{{(content.StartsWith('[') ? content : JsonSerializer.Serialize(content))}}}]{{(further is "" ? "" : $",{further}")}}}""";

    /// <summary>The whole answer's text.</summary>
    public static string Text(this JsonElement completion) => completion.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString()!;

    /// <summary>The answer asked for as a stream: its chunks.</summary>
    public static async Task<List<JsonElement>> StreamAsync(this StudioApp studio, string body)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var response = await studio.Http.PostAsync(new Uri(Path, UriKind.Relative), content, TestContext.Current.CancellationToken);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        var events = (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("data: [DONE]", events[^1]);
        return [.. events[..^1].Select(e => JsonElement.Parse(e["data: ".Length..]))];
    }

    /// <summary>What the chunks add up to.</summary>
    public static string Text(this IEnumerable<JsonElement> chunks, string field = "content") => string.Concat(chunks
        .SelectMany(c => c.GetProperty("choices").EnumerateArray())
        .Select(c => c.GetProperty("delta").TryGetProperty(field, out var piece) ? piece.GetString() : ""));
}
