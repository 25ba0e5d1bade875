using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using GlmStudio.Tests.Support;
using GlmStudio.Web.Data;

namespace GlmStudio.Tests.Web.Features.Inference.CompletionBatches;

/// <summary>What a client does with files and batches, by hand.</summary>
internal static class BatchSteps
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static string Line(string id, string question, string model = "reader") => JsonSerializer.Serialize(new
    {
        custom_id = id, method = "POST", url = "/v1/chat/completions", body = new { model, messages = new[] { new { role = "user", content = question } } },
    });

    /// <summary>A question about a picture, whose bytes are the line's id.</summary>
    public static string PictureLine(string id, string model) => JsonSerializer.Serialize(new
    {
        custom_id = id, method = "POST", url = "/v1/chat/completions",
        body = new
        {
            model,
            messages = new[]
            {
                new
                {
                    role = "user",
                    content = new object[] { new { type = "text", text = "q" }, new { type = "image_url", image_url = new { url = $"data:image/png;base64,{Convert.ToBase64String(Encoding.UTF8.GetBytes(id))}" } } },
                },
            },
        },
    });

    public static Task<string> SendAsync(this StudioApp studio, params string[] lines) => UploadAsync(studio.Http, lines);

    public static async Task<string> UploadAsync(HttpClient http, params string[] lines)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent("batch"), "purpose" }, { new ByteArrayContent(Encoding.UTF8.GetBytes(string.Join('\n', lines))), "file", "questions.jsonl" },
        };
        using var response = await http.PostAsync(new Uri("/v1/files", UriKind.Relative), form, Cancellation);
        return JsonElement.Parse(await response.Content.ReadAsStringAsync(Cancellation)).GetProperty("id").GetString()!;
    }

    public static Task<(int Status, JsonElement Body)> StartAsync(this StudioApp studio, string file, string? key = null, string note = "") => StartAsync(studio.Http, file, key, note);

    public static async Task<(int Status, JsonElement Body)> StartAsync(HttpClient http, string file, string? key = null, string note = "")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/v1/batches", UriKind.Relative))
        {
            Content = JsonContent.Create(new { input_file_id = file, endpoint = "/v1/chat/completions", completion_window = "24h", metadata = new { note } }),
        };
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        using var response = await http.SendAsync(request, Cancellation);
        return ((int)response.StatusCode, JsonElement.Parse(await response.Content.ReadAsStringAsync(Cancellation)));
    }

    public static async Task<string> BatchAsync(this StudioApp studio, params string[] lines) =>
        (await studio.StartAsync(await studio.SendAsync(lines))).Body.GetProperty("id").GetString()!;

    public static async Task<JsonElement> GetAsync(this StudioApp studio, string path) => JsonElement.Parse(await studio.Http.GetStringAsync(new Uri(path, UriKind.Relative), Cancellation));

    /// <summary>The batch, once it holds.</summary>
    public static async Task<JsonElement> UntilAsync(this StudioApp studio, string batch, Func<JsonElement, bool> holds)
    {
        using var changed = new SemaphoreSlim(0);
        using var batches = studio.Get<ChangeFeed>().Subscribe("completion-batch", null, () => Task.FromResult(changed.Release()));
        using var lines = studio.Get<ChangeFeed>().Subscribe("completion-line", null, () => Task.FromResult(changed.Release()));
        while (true)
        {
            if (await studio.GetAsync($"/v1/batches/{batch}") is var found && holds(found)) return found;
            Assert.True(await changed.WaitAsync(TimeSpan.FromSeconds(60), Cancellation), $"Nothing changed for a minute: {found}");
        }
    }

    public static Task<JsonElement> UntilAsync(this StudioApp studio, string batch, string status) => studio.UntilAsync(batch, b => b.GetProperty("status").GetString() == status);

    public static async Task<List<JsonElement>> LinesAsync(this StudioApp studio, JsonElement batch, string file) =>
        [.. (await studio.Http.GetStringAsync(new Uri($"/v1/files/{batch.GetProperty(file).GetString()}/content", UriKind.Relative), Cancellation))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonElement.Parse(l))];

    public static string? CustomId(this JsonElement line) => line.GetProperty("custom_id").GetString();
}
