using GlmStudio.Web.Data.Cluster;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Domain.Confidence;
using GlmStudio.Web.Features.Batches.Journal;
using GlmStudio.Web.Features.Batches.Rerun;
using GlmStudio.Web.Features.Batches.Running;
using Microsoft.Extensions.Options;

namespace GlmStudio.Web.Features.Batches;

/// <summary>Wires the feature: its handlers and its doors.</summary>
public static class BatchesFeature
{
    // The host's own default, and what is left for the rest of the program after the rows in flight.
    private const int ShutdownSeconds = 30;
    private const int SecondsAfterDrain = 10;

    public static IServiceCollection AddBatches(this IServiceCollection services)
    {
        services.AddOptions<BatchOptions>().BindConfiguration("Batches").ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<ConfirmationOptions>().BindConfiguration("Confirmation").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<CreateBatch>().AddSingleton<ControlBatch>().AddSingleton<ReadBatches>().AddSingleton<ReadRows>().AddSingleton<NewBatchChoices>().AddSingleton<WriteAnswers>().AddSingleton<ApplyRules>();
        services.AddSingleton<CheckBatch>().AddSingleton<KeepManifest>().AddSingleton<ReuseAnswer>().AddSingleton<ExplainRow>().AddSingleton<ReplayRow>();
        services.AddSingleton<CarryCorrections>().AddSingleton<PreviewRerun>().AddSingleton<SampleRerun>().AddSingleton<StartRerun>();
        services.AddSingleton(new Verb("replay", ReplayVerb.RunAsync));
        services.AddSingleton<RowClaims>().AddSingleton<BatchStates>().AddSingleton<RouteBatches>().AddSingleton<DatabasePatience>();
        services.AddSingleton<SecondReading>().AddSingleton<ConfirmCells>().AddSingleton<AnswerRow>().AddSingleton<AttemptRow>().AddSingleton<BatchRunner>();
        services.AddOptions<HostOptions>().Configure<IOptions<BatchOptions>>((host, batches) =>
            host.ShutdownTimeout = TimeSpan.FromSeconds(Math.Max(ShutdownSeconds, batches.Value.DrainSeconds + SecondsAfterDrain)));
        services.AddHostedService<BatchService>();
        services.AddSingleton<StartBatch>(s => async (order, cancellation) =>
        {
            var created = await s.GetRequiredService<CreateBatch>().HandleAsync(order, cancellation);
            return created.Id ?? throw new InvalidOperationException(created.Refusal);
        });
        services.AddSingleton<CancelBatch>(s => (batch, cancellation) => s.GetRequiredService<ControlBatch>().CancelAsync(batch, cancellation));
        return services;
    }

    public static void MapBatches(this IEndpointRouteBuilder app)
    {
        BatchesEndpoint.Map(app);
        AnswersEndpoint.Map(app);
        JournalEndpoint.Map(app);
        RerunEndpoint.Map(app);
    }
}
