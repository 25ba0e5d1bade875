using GlmStudio.Web.Features.Datasets.Labels;
using GlmStudio.Web.Features.Datasets.Uploads;

namespace GlmStudio.Web.Features.Datasets;

/// <summary>Wires the feature: its handlers and its doors.</summary>
public static class DatasetsFeature
{
    public static IServiceCollection AddDatasets(this IServiceCollection services)
    {
        services.AddOptions<DatasetOptions>().BindConfiguration("Datasets").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<StoreGate>().AddSingleton<CreateDataset>().AddSingleton<AddImages>().AddSingleton<ImportFolder>();
        services.AddSingleton<SheetReader>().AddSingleton<ReadLabelSheet>().AddSingleton<ImportLabels>();
        return services;
    }

    public static void MapDatasets(this IEndpointRouteBuilder app)
    {
    }
}
