using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using GlmStudio.Engine;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace GlmStudio.Web.Features.Inference;

/// <summary>What the doors share: a place in the house, the body, and how a fault is told.</summary>
internal static class Doors
{
    /// <summary>Texts stay readable (汉字, not \u6C49); a number may come as text.</summary>
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NumberHandling = JsonNumberHandling.AllowReadingFromString,
    };

    /// <summary>What a caller is told of a fault that only the log can explain.</summary>
    public const string Unexpected = "The answer met an unexpected error; the server's log has the details.";

    /// <summary>Reads the body and answers it, within the limits; every expected fault becomes a problem document.</summary>
    public static Task<IResult> AnswerAsync<TBody>(HttpContext http, Func<TBody, Task<IResult>> answer) where TBody : class => AnswerAsync(http, answer, Problem);

    /// <summary>The same where faults are told in another form.</summary>
    public static async Task<IResult> AnswerAsync<TBody>(HttpContext http, Func<TBody, Task<IResult>> answer, Func<int, string, IResult> problem) where TBody : class
    {
        var options = http.RequestServices.GetRequiredService<IOptions<InferenceOptions>>().Value;
        using var place = http.RequestServices.GetRequiredService<AnswerGate>().TryEnter();
        if (place is null) return Full(http, options, problem);
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = options.MaxBodyBytes;
        try
        {
            var body = await JsonSerializer.DeserializeAsync<TBody>(http.Request.Body, Json, http.RequestAborted);
            return body is null ? problem(StatusCodes.Status400BadRequest, "The body is null; send a JSON object.") : await answer(body);
        }
        catch (JsonException error)
        {
            return problem(StatusCodes.Status400BadRequest, $"The body is not the JSON that this address takes{Where(error)}: {error.Message.Split(" Path:")[0]}");
        }
        catch (BadHttpRequestException error)
        {
            return problem(error.StatusCode, error.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? $"The body is larger than {options.MaxBodyBytes:N0} bytes, the limit of Inference:MaxBodyBytes. Send fewer pictures at once." : error.Message);
        }
        catch (EngineException error)
        {
            return problem(StatusOf(error.Fault), error.Message);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            return Results.StatusCode(StatusCodes.Status499ClientClosedRequest);
        }
    }

    public static IResult Problem(int status, string detail) => Results.Problem(detail, statusCode: status);

    public static IResult Ok<T>(T value) => Results.Json(value, Json);

    private static IResult Full(HttpContext http, InferenceOptions options, Func<int, string, IResult> problem)
    {
        http.Response.Headers.RetryAfter = "5";
        return problem(StatusCodes.Status429TooManyRequests, $"{options.MaxCalls} calls are already under way or waiting (Inference:MaxCalls). Try again in a few seconds.");
    }

    private static string Where(JsonException error) => error.Path is { Length: > 0 } path && path != "$" ? $" at {path}" : "";

    public static int StatusOf(EngineFault fault) => fault switch
    {
        EngineFault.BadRequest => StatusCodes.Status400BadRequest,
        EngineFault.ImageTooLarge => StatusCodes.Status413PayloadTooLarge,
        EngineFault.UnreadableImage => StatusCodes.Status422UnprocessableEntity,
        _ => StatusCodes.Status503ServiceUnavailable,
    };
}
