using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using ExcelDataReader;
using GlmStudio.Engine.Images;
using GlmStudio.Tests.Support;
using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Tests.Web.Features.Scoring;

/// <summary>Page, HTTP and Excel of the running program say the same figures.</summary>
public sealed class ScoresDoorsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Figures_OfPageApiAndExcel_AreTheSame()
    {
        await using var studio = await StudioApp.StartAsync();
        var batch = await Mixed().SaveAsync(studio.Get<StudioDatabase>());

        var api = (await studio.Http.GetFromJsonAsync<JsonElement>($"/api/batches/{batch.Id}/scores", Cancellation)).GetProperty("engine");
        var rates = api.GetProperty("fields").EnumerateObject().ToDictionary(f => f.Name, f => f.Value.GetProperty("counts").GetProperty("exactRate").GetDouble());
        var page = WebUtility.HtmlDecode(await studio.Http.GetStringAsync($"/scores/{batch.Id}", Cancellation));
        var excel = Sheet(await studio.Http.GetByteArrayAsync($"/files/reports/{batch.Id}.xlsx", Cancellation), 1);

        Assert.Equal(3, rates.Count);
        foreach (var (key, rate) in rates)
        {
            Assert.Contains($">{rate.ToString("P1", CultureInfo.GetCultureInfo("en"))}</b>", page, StringComparison.Ordinal);
            Assert.Equal(rate, excel.Single(r => (string?)r[1] == key)[Array.IndexOf(excel[0], "Exact rate")]);
        }
        Assert.Equal(api.GetProperty("overall").GetProperty("similarity").GetDouble(), excel[^1][Array.IndexOf(excel[0], "Similarity")]);
    }

    [Fact]
    public async Task Scores_Confusions_NameTheKindAndTheRow()
    {
        await using var studio = await StudioApp.StartAsync();
        var batch = await Mixed().SaveAsync(studio.Get<StudioDatabase>());
        var scores = await studio.Http.GetFromJsonAsync<JsonElement>($"/api/batches/{batch.Id}/scores", Cancellation);
        var confusion = scores.GetProperty("engine").GetProperty("fields").GetProperty("company").GetProperty("confusions")[0];
        Assert.Equal("Wrong", confusion.GetProperty("match").GetString());
        Assert.Equal(1, confusion.GetProperty("rows")[0].GetProperty("ordinal").GetInt32());
    }

    [Theory]
    [InlineData("/api/batches/99/scores")]
    [InlineData("/api/batches/1/scores?labels=99")]
    [InlineData("/files/reports/99.xlsx")]
    [InlineData("/files/reports/1.xlsx?row=99")]
    public async Task Get_WhatIsNotThere_SaysSo(string path)
    {
        await using var studio = await StudioApp.StartAsync();
        await Mixed().SaveAsync(studio.Get<StudioDatabase>());
        using var response = await studio.Http.GetAsync(new Uri(path, UriKind.Relative), Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.NotEmpty((await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("detail").GetString()!);
    }

    [Theory]
    [InlineData("/scores", "Receipts")]
    [InlineData("/scores/99", "There is no batch 99")]
    [InlineData("/scores/compare?a=1&b=1", "Difference")]
    [InlineData("/scores/compare", "Choose two batches")]
    [InlineData("/review", "Receipts")]
    [InlineData("/review/1", "Blue Café")]
    [InlineData("/review/99", "There is no batch 99")]
    public async Task Get_Page_Shows(string path, string text)
    {
        await using var studio = await StudioApp.StartAsync();
        await Mixed().SaveAsync(studio.Get<StudioDatabase>());
        Assert.Contains(text, WebUtility.HtmlDecode(await studio.Http.GetStringAsync(path, Cancellation)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/scores", "还没有批处理")]
    [InlineData("/review", "还没有可审核的内容")]
    public async Task Get_PageOfEmptyDatabaseInChinese_SaysWhatToDo(string path, string text)
    {
        await using var studio = await StudioApp.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.AcceptLanguage.ParseAdd("zh-CN");
        using var response = await studio.Http.SendAsync(request, Cancellation);
        Assert.Contains(text, WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync(Cancellation)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_WithPictures_CarriesThumbnailsOnceEach()
    {
        await using var studio = await StudioApp.StartAsync();
        var batch = await Mixed().SaveAsync(studio.Get<StudioDatabase>());
        var picture = ImageWriter.ToPng(new RgbImage(300, 150, [.. Enumerable.Repeat((byte)200, 300 * 150 * 3)]));
        var file = await studio.Get<ImageStore>().AddAsync(new MemoryStream(picture), 1 << 20, Cancellation);
        await using (var db = studio.OpenDatabase())
            await db.Images.Where(i => i.Ordinal < 2).ExecuteUpdateAsync(set => set.SetProperty(i => i.ContentHash, file.Hash), Cancellation);

        var bytes = await studio.Http.GetByteArrayAsync($"/files/reports/{batch.Id}.xlsx", Cancellation);

        using var document = DocumentFormat.OpenXml.Packaging.SpreadsheetDocument.Open(new MemoryStream(bytes), false);
        var drawing = document.WorkbookPart!.WorksheetParts.Select(p => p.DrawingsPart).Single(d => d?.ImageParts.Any() == true)!;
        Assert.Single(drawing.ImageParts);
        Assert.Equal(2, drawing.WorksheetDrawing.ChildElements.Count);
        Assert.Empty(new DocumentFormat.OpenXml.Validation.OpenXmlValidator(DocumentFormat.OpenXml.FileFormatVersions.Microsoft365).Validate(document, Cancellation));
        using var thumbnail = new MemoryStream();
        using (var part = drawing.ImageParts.Single().GetStream()) await part.CopyToAsync(thumbnail, Cancellation);
        var header = studio.Get<ImageReader>().Probe(thumbnail.ToArray());
        Assert.Equal((128, 64, ImageFormat.Jpeg), (header.Width, header.Height, header.Format));
    }

    [Fact]
    public async Task Put_CellStatusRating_AreTheReviewersSteps()
    {
        await using var studio = await StudioApp.StartAsync();
        await Mixed().SaveAsync(studio.Get<StudioDatabase>());
        var id = await RowIdAsync(studio);
        Assert.True((await PutAsync(studio, $"/api/rows/{id}/cells/company", new { value = (string?)null })).GetProperty("changed").GetBoolean());
        Assert.True((await PutAsync(studio, $"/api/rows/{id}/status", new { accepted = true })).GetProperty("changed").GetBoolean());
        Assert.True((await PutAsync(studio, $"/api/rows/{id}/rating", new { rating = 2, comment = "模糊" })).GetProperty("changed").GetBoolean());
        await using var db = studio.OpenDatabase();
        var row = await db.Rows.AsNoTracking().Include(r => r.Cells).SingleAsync(r => r.Id == id, Cancellation);
        Assert.Equal((RowStatus.Accepted, 2, "模糊", null), (row.Status, row.Rating, row.Comment, row.Cells.Single(c => c.FieldKey == "company").Final));
        using var undone = await studio.Http.DeleteAsync(new Uri($"/api/rows/{id}/corrections/latest", UriKind.Relative), Cancellation);
        Assert.True((await undone.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("changed").GetBoolean());
    }

    [Theory]
    [InlineData("cells/nothing", """{"value":"x"}""", HttpStatusCode.NotFound)]
    [InlineData("rating", """{"rating":9}""", HttpStatusCode.Conflict)]
    [InlineData("rating", "not json", HttpStatusCode.BadRequest)]
    public async Task Put_BadInput_IsRefused(string door, string body, HttpStatusCode expected)
    {
        await using var studio = await StudioApp.StartAsync();
        await Mixed().SaveAsync(studio.Get<StudioDatabase>());
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await studio.Http.PutAsync(new Uri($"/api/rows/{await RowIdAsync(studio)}/{door}", UriKind.Relative), content, Cancellation);
        Assert.Equal(expected, response.StatusCode);
    }

    private static HandMadeBatch Mixed() => new HandMadeBatch()
        .Row(["Blue Café", "1/3/2026", "80.90"], ["BLUE CAFÉ", "2026-03-01", "RM 80.90"])
        .Row(["Tea House", null, "12"], ["Tee House", "2026-03-02", ""]).Corrected("company", "Tee House")
        .Row(["店", "2026-03-04", "7"], ["店", "2026-03-04", "8"])
        .Row([], ["Shop", "2026-03-03", "5"], RowStatus.Failed, "zero bytes");

    private static async Task<JsonElement> PutAsync(StudioApp studio, string path, object body)
    {
        using var response = await studio.Http.PutAsJsonAsync(path, body, Cancellation);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
    }

    private static async Task<long> RowIdAsync(StudioApp studio)
    {
        await using var db = studio.OpenDatabase();
        return await db.Rows.Where(r => r.Ordinal == 0).Select(r => r.Id).SingleAsync(Cancellation);
    }

    private static List<object?[]> Sheet(byte[] file, int index)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        using var reader = ExcelReaderFactory.CreateReader(new MemoryStream(file));
        for (var i = 0; i < index; i++) reader.NextResult();
        var rows = new List<object?[]>();
        while (reader.Read()) rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => (object?)reader.GetValue(i))]);
        return rows;
    }
}
