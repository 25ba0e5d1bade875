namespace GlmStudio.Web.Features.Inference.Completions;

/// <summary>A fault as OpenAI's clients read it.</summary>
public sealed record CompletionError(ErrorDetail Error)
{
    public static CompletionError Of(int status, string message, string? param = null, string? code = null) =>
        new(new ErrorDetail(message, TypeOf(status), param, code ?? (status == StatusCodes.Status429TooManyRequests ? "rate_limit_exceeded" : null)));

    public static IResult Result(int status, string message) => Result(status, message, null, null);

    public static IResult Result(int status, string message, string? param, string? code) => Results.Json(Of(status, message, param, code), Doors.Json, statusCode: status);

    private static string TypeOf(int status) => status switch
    {
        StatusCodes.Status429TooManyRequests => "rate_limit_error",
        >= 500 => "server_error",
        _ => "invalid_request_error",
    };
}

/// <summary>What was found and what to do about it.</summary>
/// <param name="Message">For people.</param>
/// <param name="Type"><c>invalid_request_error</c>, <c>rate_limit_error</c> or <c>server_error</c>.</param>
/// <param name="Param">The field that was refused.</param>
/// <param name="Code">For programs.</param>
public sealed record ErrorDetail(string Message, string Type, string? Param, string? Code);
