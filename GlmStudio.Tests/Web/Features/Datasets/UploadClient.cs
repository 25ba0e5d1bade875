using System.Net.Http.Json;
using System.Text.Json;
using GlmStudio.Tests.Support;
using GlmStudio.Web.Features.Datasets;
using GlmStudio.Web.Features.Datasets.Uploads;

namespace GlmStudio.Tests.Web.Features.Datasets;

/// <summary>Talks to the upload's endpoints as the drop zone's script does.</summary>
internal sealed class UploadClient(StudioApp studio, int datasetId)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public int DatasetId => datasetId;

    public static async Task<UploadClient> ForNewDatasetAsync(StudioApp studio, string name = "set") =>
        new(studio, (await studio.Get<CreateDataset>().HandleAsync(name, "", Stop)).Id);

    public async Task<HttpResponseMessage> PostAsync(string upload, int number, IEnumerable<(string Path, byte[] Bytes)> files, Action<HttpRequestMessage>? change = null)
    {
        using var form = new MultipartFormDataContent();
        foreach (var (path, bytes) in files) form.Add(new ByteArrayContent(bytes), "files", Uri.EscapeDataString(path));
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/files/datasets/{datasetId}/images?upload={upload}&number={number}") { Content = form };
        request.Headers.Add("X-GlmStudio", "upload");
        change?.Invoke(request);
        return await studio.Http.SendAsync(request, Stop);
    }

    public async Task<List<FileResult>> SendAsync(params (string Path, byte[] Bytes)[] files)
    {
        using var response = await PostAsync(Guid.NewGuid().ToString("n"), 0, files);
        return await ResultsAsync(response);
    }

    public static async Task<List<FileResult>> ResultsAsync(HttpResponseMessage response)
    {
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(Stop));
        return [.. (await response.Content.ReadFromJsonAsync<UploadReply>(Json, Stop))!.Files];
    }

    public async Task<List<KnownFile>> KnownAsync(params OfferedFile[] files)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/files/datasets/{datasetId}/known") { Content = JsonContent.Create(files) };
        request.Headers.Add("X-GlmStudio", "upload");
        using var response = await studio.Http.SendAsync(request, Stop);
        return (await response.Content.ReadFromJsonAsync<List<KnownFile>>(Json, Stop))!;
    }
}
