using GlmStudio.Web.Data;
using GlmStudio.Web.Features.Inference.CompletionBatches.Running;

namespace GlmStudio.Web.Features.Inference.CompletionBatches;

/// <summary>Wires files and batches of <c>/v1</c>.</summary>
internal static class CompletionBatchesFeature
{
    public static void Add(IServiceCollection services)
    {
        services.AddOptions<CompletionBatchOptions>().BindConfiguration("CompletionBatches").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(s => new ApiFileStore(Path.Combine(s.GetRequiredService<DataFolder>().Path, "files")));
        services.AddSingleton<ApiFiles>().AddSingleton<CreateCompletionBatch>().AddSingleton<ReadCompletionBatches>();
        services.AddSingleton<ReadInput>().AddSingleton<AnswerLine>().AddSingleton<LineClaims>().AddSingleton<WriteResults>().AddSingleton<RunCompletionBatch>();
        services.AddHostedService<CompletionBatchService>();
    }

    public static void Map(IEndpointRouteBuilder app)
    {
        FilesEndpoint.Map(app);
        CompletionBatchesEndpoint.Map(app);
    }
}
