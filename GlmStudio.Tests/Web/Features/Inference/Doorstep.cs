using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using GlmStudio.Engine;
using GlmStudio.Tests.Support;

namespace GlmStudio.Tests.Web.Features.Inference;

/// <summary>Steps of the door tests.</summary>
internal static class Doorstep
{
    public const string Picture = "data:image/png;base64,AAAA";

    /// <summary>The program with an engine that answers the prompt, or fails where the prompt says so.</summary>
    public static Task<StudioApp> OpenAsync(params string[] settings) => OpenAsync(new FakeEngine(Answer), settings);

    public static Task<StudioApp> OpenAsync(FakeEngine engine, params string[] settings) => StudioApp.StartAsync(s => s.UseEngine(engine), settings);

    public static async Task<(int Status, JsonElement Body)> PostAsync(this StudioApp studio, string path, object body)
    {
        using HttpContent content = body is string text ? new StringContent(text, Encoding.UTF8, "application/json") : JsonContent.Create(body);
        using var response = await studio.Http.PostAsync(new Uri(path, UriKind.Relative), content, TestContext.Current.CancellationToken);
        var answer = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, JsonElement.Parse(answer));
    }

    private static string Answer(GlmRequest request) => request.Prompt switch
    {
        "unreadable" => throw new EngineException(EngineFault.UnreadableImage, "The picture is damaged."),
        "memory" => throw new EngineException(EngineFault.OutOfMemory, "No memory now."),
        "crash" => throw new InvalidOperationException("a bug"),
        _ => $"{request.Prompt} ({request.Images.Count})",
    };
}
