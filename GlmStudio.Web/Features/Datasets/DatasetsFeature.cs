using GlmStudio.Engine.Images;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Features.Datasets.Labels;
using GlmStudio.Web.Features.Datasets.Pictures;
using GlmStudio.Web.Features.Datasets.Uploads;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace GlmStudio.Web.Features.Datasets;

/// <summary>Wires the feature: its handlers and its doors.</summary>
public static class DatasetsFeature
{
    public static IServiceCollection AddDatasets(this IServiceCollection services)
    {
        services.AddOptions<DatasetOptions>().BindConfiguration("Datasets").ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(_ => new ImageReader(new ImageLimits()));
        services.AddSingleton<StoreGate>().AddSingleton<UploadOrder>().AddSingleton<AddImages>().AddSingleton<ReceiveUpload>().AddSingleton<FindKnown>().AddSingleton<ImportFolder>();
        services.AddSingleton<ListDatasets>().AddSingleton<CreateDataset>().AddSingleton<ChangeDataset>().AddSingleton<ListImages>().AddSingleton<DeleteImages>();
        services.AddSingleton<SheetReader>().AddSingleton<ReadLabelSheet>().AddSingleton<ImportLabels>().AddSingleton<LabelSets>().AddSingleton<LabelTemplates>();
        services.AddSingleton<DerivedPictures>().AddSingleton<PictureDoor>().AddHostedService<PictureMeasuring>();
        services.AddSingleton<AddPicture>(s => async (dataset, path, content, cancellation) =>
        {
            var added = await s.GetRequiredService<AddImages>().HandleAsync(dataset, path, content, cancellation);
            return new PictureAdded(added.Pictures > 0, added.Pictures > 0 ? null : added.Message);
        });
        return services;
    }

    public static void MapDatasets(this IEndpointRouteBuilder app)
    {
        DatasetsEndpoint.Map(app);
        UploadEndpoints.Map(app);
        PictureEndpoints.Map(app);
    }
}
