using GlmStudio.Web.Domain;
using GlmStudio.Web.Features.Batches.Running;

namespace GlmStudio.Web.Features.Batches;

/// <summary>Wires the feature: its handlers and its doors.</summary>
public static class BatchesFeature
{
    public static IServiceCollection AddBatches(this IServiceCollection services)
    {
        services.AddOptions<BatchOptions>().BindConfiguration("Batches").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<CreateBatch>().AddSingleton<ControlBatch>().AddSingleton<ReadBatches>().AddSingleton<ReadRows>().AddSingleton<NewBatchChoices>().AddSingleton<WriteAnswers>().AddSingleton<ApplyRules>();
        services.AddSingleton<RowClaims>().AddSingleton<SecondReading>().AddSingleton<AnswerRow>().AddSingleton<BatchRunner>();
        services.AddHostedService<BatchService>();
        services.AddSingleton<StartBatch>(s => async (order, cancellation) =>
        {
            var created = await s.GetRequiredService<CreateBatch>().HandleAsync(order, cancellation);
            return created.Id ?? throw new InvalidOperationException(created.Problem!.ToString());
        });
        services.AddSingleton<CancelBatch>(s => (batch, cancellation) => s.GetRequiredService<ControlBatch>().CancelAsync(batch, cancellation));
        return services;
    }

    public static void MapBatches(this IEndpointRouteBuilder app)
    {
        BatchesEndpoint.Map(app);
        AnswersEndpoint.Map(app);
    }
}
