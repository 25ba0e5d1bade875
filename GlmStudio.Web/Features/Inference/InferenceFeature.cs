using GlmStudio.Web.Features.Inference.CompletionBatches;
using GlmStudio.Web.Features.Inference.Completions;

namespace GlmStudio.Web.Features.Inference;

/// <summary>The HTTP doors for programs, and their documentation at <c>/docs</c>.</summary>
public static class InferenceFeature
{
    // A white square of 16 pixels: short enough to be read past.
    private const string Picture = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAABAAAAAQCAAAAAA6mKC9AAAAD0lEQVR42mP4jwYYRrYAAID5/wGR6yAaAAAAAElFTkSuQmCC";

    public static IServiceCollection AddInference(this IServiceCollection services)
    {
        services.AddOptions<InferenceOptions>().BindConfiguration("Inference").ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<FetchOptions>().BindConfiguration("Fetch").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<ImageFetcher>().AddSingleton<ImageReader>().AddSingleton<AnswerGate>().AddSingleton<AnswerQuestion>();
        services.AddSingleton<BatchInferEndpoint>().AddSingleton<ChatEndpoint>().AddSingleton<PredictEndpoint>().AddSingleton<ChatCompletionsEndpoint>().AddSingleton<ListModels>().AddSingleton<AnswerFormReader>().AddSingleton<PrepareCompletion>();
        CompletionBatchesFeature.Add(services);
        ApiDocument.Add(services);
        return services;
    }

    public static void MapInference(this IEndpointRouteBuilder app)
    {
        app.MapPost("/v1/batch-infer", BatchInferEndpoint.HandleAsync).Describe<BatchInferShape, BatchInferResponse>(
            "Ask a question about each of many pictures",
            "Answers come in the order of the requests. An entry that fails carries \"error\" and an empty \"text\"; the others are answered.",
            $$"""{"requests":[{"image":"{{Picture}}","prompt":"Which company is on this receipt?","max_tokens":256,"temperature":0}]}""");
        app.MapPost("/v1/chat", ChatEndpoint.HandleAsync).Describe<ChatRequest, ChatResponse>(
            "Ask one question, about a picture or without one",
            "With \"stream\": true the answer comes as text/event-stream: one `data: {\"delta\": …}` a piece, then `data: [DONE]`.",
            $$"""{"image":"{{Picture}}","question":"What is the total?","stream":false}""");
        app.MapPost("/v1/chat/completions", ChatCompletionsEndpoint.HandleAsync).DescribeCompletions(
            $$$"""{"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"{{{Picture}}}"}},{"type":"text","text":"What is the total?"}]}],"max_tokens":256}""");
        app.MapPost("/api/predict", PredictEndpoint.HandleAsync).Describe<PredictRequest, PredictResponse>(
            "The same for Gradio clients",
            "\"data\" is [picture, question]; the answer's \"data\" is [text].",
            $$"""{"data":["{{Picture}}","What is the total?"]}""");
        app.MapGet("/v1/models", ListModels.Handle).WithTags(ApiDocument.Tag).WithSummary("The engines that can be asked now")
            .WithDescription("The first is the default. \"id\" is the name to put into \"model\".").Produces<ModelList>();
        CompletionBatchesFeature.Map(app);
        ApiDocument.Map(app);
    }

    private static void DescribeCompletions(this RouteHandlerBuilder endpoint, string example) => endpoint
        .WithTags(ApiDocument.Tag).WithSummary("A conversation with pictures, as OpenAI's clients ask it")
        .WithDescription("Chunks with \"stream\": true. Fields that would change the answer and cannot be followed (tools, n other than 1, "
            + "audio) are refused; other unknown fields are ignored. Errors are OpenAI's objects.")
        .WithMetadata(new RequestExample(example)).Accepts<CompletionRequest>("application/json").Produces<CompletionResponse>()
        .Produces<CompletionError>(StatusCodes.Status400BadRequest).Produces<CompletionError>(StatusCodes.Status404NotFound)
        .Produces<CompletionError>(StatusCodes.Status413PayloadTooLarge).Produces<CompletionError>(StatusCodes.Status422UnprocessableEntity)
        .Produces<CompletionError>(StatusCodes.Status429TooManyRequests).Produces<CompletionError>(StatusCodes.Status503ServiceUnavailable)
        .DisableAntiforgery();

    private static void Describe<TBody, TAnswer>(this RouteHandlerBuilder endpoint, string summary, string description, string example) where TBody : notnull => endpoint
        .WithTags(ApiDocument.Tag).WithSummary(summary).WithDescription(description).WithMetadata(new RequestExample(example))
        .Accepts<TBody>("application/json").Produces<TAnswer>()
        .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status413PayloadTooLarge).ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .ProducesProblem(StatusCodes.Status429TooManyRequests).ProducesProblem(StatusCodes.Status503ServiceUnavailable)
        .DisableAntiforgery();
}
