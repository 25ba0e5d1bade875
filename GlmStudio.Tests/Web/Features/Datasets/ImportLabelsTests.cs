using System.IO.Compression;
using System.Text;
using GlmStudio.Tests.Support;
using GlmStudio.Web.Features.Datasets;
using GlmStudio.Web.Features.Datasets.Labels;
using GlmStudio.Web.Features.Datasets.Uploads;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Tests.Web.Features.Datasets;

public sealed class ImportLabelsTests
{
    private static readonly (string, string)[] Receipt = [("company", "Company"), ("date", "Date"), ("total", "Total")];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task HandleAsync_TemplateFields_SavesTheirColumnsAsTextAsShown()
    {
        await using var studio = await StudioApp.StartAsync();
        var dataset = await With(studio, "a.png", "b.png", "c.png");
        using var sheet = TinyWorkbook.Of(
            ["File", "Company", "DATE", "total", "remark"],
            ["a.png", "007", new DateTime(2018, 3, 12), 12.5, "x"],
            ["B", "北京烤鸭", "12 MAR 2018", (1234.5, "#,##0.00"), null],
            ["nobody.png", "", "", 0.1 + 0.2, ""]);

        var result = await studio.Get<ImportLabels>().HandleAsync(new LabelImport(dataset, "labels.xlsx") { Fields = Receipt }, sheet, Stop);

        Assert.Null(result.Problem);
        Assert.Equal((2, "nobody.png", "c.png"), (result.Matched, Assert.Single(result.RowsWithoutPicture), Assert.Single(result.PicturesWithoutRow)));
        Assert.Equal(["remark"], result.UnusedColumns);
        Assert.Equal(["company=007", "date=2018-03-12", "total=12.5"], await Labels(studio, result.LabelSetId, "a.png"));
        Assert.Equal(["company=北京烤鸭", "date=12 MAR 2018", "total=1,234.50"], await Labels(studio, result.LabelSetId, "b.png"));
    }

    [Fact]
    public async Task HandleAsync_WithoutTheMappedColumn_NamesTheColumnsFound()
    {
        await using var studio = await StudioApp.StartAsync();
        var dataset = await With(studio, "a.png");
        using var sheet = TinyWorkbook.Of(["file", "company"], ["a.png", "x"]);

        var import = new LabelImport(dataset, "labels.xlsx") { Map = new Dictionary<string, string> { ["total"] = "Amount" } };
        var result = await studio.Get<ImportLabels>().HandleAsync(import, sheet, Stop);

        Assert.Contains("no column \"Amount\"", result.Problem, StringComparison.Ordinal);
        Assert.Contains("\"file\", \"company\"", result.Problem, StringComparison.Ordinal);
        Assert.Equal(0, result.LabelSetId);
    }

    [Fact]
    public async Task HandleAsync_NoColumnIsCalledLikeAField_NamesBoth()
    {
        await using var studio = await StudioApp.StartAsync();
        var dataset = await With(studio, "a.png");
        using var sheet = TinyWorkbook.Of(["file", "foo"], ["a.png", "x"]);
        var result = await studio.Get<ImportLabels>().HandleAsync(new LabelImport(dataset, "l.xlsx") { Fields = Receipt }, sheet, Stop);
        Assert.Contains("\"company\"", result.Problem, StringComparison.Ordinal);
        Assert.Contains("\"foo\"", result.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HandleAsync_ExplicitMap_GoesBeforeTheGuess()
    {
        await using var studio = await StudioApp.StartAsync();
        var dataset = await With(studio, "a.png");
        using var sheet = TinyWorkbook.Of(["file", "total", "Paid"], ["a.png", "1", "2"]);
        var import = new LabelImport(dataset, "l.xlsx") { Fields = Receipt, Map = new Dictionary<string, string> { ["total"] = "paid" } };
        var result = await studio.Get<ImportLabels>().HandleAsync(import, sheet, Stop);
        Assert.Equal(["total=2"], await Labels(studio, result.LabelSetId, "a.png"));
    }

    [Fact]
    public async Task HandleAsync_ThousandColumns_AreAllImported()
    {
        await using var studio = await StudioApp.StartAsync();
        var dataset = await With(studio, "a.png");
        var columns = Enumerable.Range(1, 1000).Select(n => $"field {n}").ToArray();
        using var sheet = TinyWorkbook.Of(["image", .. columns], ["a.png", .. columns.Select(c => (object)(c + "!"))]);
        var result = await studio.Get<ImportLabels>().HandleAsync(new LabelImport(dataset, "wide.xlsx"), sheet, Stop);
        Assert.Equal(1000, (await Labels(studio, result.LabelSetId, "a.png")).Count);
    }

    [Fact]
    public async Task HandleAsync_ZipBomb_IsRefusedBeforeItIsKept()
    {
        await using var studio = await StudioApp.StartAsync(null, "--Datasets:MaxUnpackedSheetBytes=4000000");
        var dataset = await With(studio, "a.png");
        using var bomb = new MemoryStream();
        using (var archive = new ZipArchive(bomb, ZipArchiveMode.Create, leaveOpen: true))
        {
            await using var part = await archive.CreateEntry("xl/worksheets/sheet1.xml", CompressionLevel.SmallestSize).OpenAsync(Stop);
            for (var n = 0; n < 80; n++) await part.WriteAsync(new byte[1 << 16], Stop);
        }
        bomb.Position = 0;
        var result = await studio.Get<ImportLabels>().HandleAsync(new LabelImport(dataset, "bomb.xlsx"), bomb, Stop);
        Assert.Contains("unpacks to more than", result.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GB18030")]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public async Task HandleAsync_ChineseCsv_IsReadInItsEncoding(string encoding)
    {
        await using var studio = await StudioApp.StartAsync();
        var dataset = await With(studio, "发票1.png", "发票2.png");
        var bytes = Encoding.GetEncoding(encoding).GetBytes("图片;商家;金额\r\n发票1.png;\"老张; 面馆\";12.50\r\n发票2.png;全聚德;￥88\r\n");
        var result = await studio.Get<ImportLabels>().HandleAsync(new LabelImport(dataset, "标签.csv"), new MemoryStream(bytes), Stop);
        Assert.Equal(2, result.Matched);
        Assert.Equal(["商家=老张; 面馆", "金额=12.50"], await Labels(studio, result.LabelSetId, "发票1.png"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("PK\u0003\u0004 not a zip")]
    [InlineData("\0\0\0\0\0")]
    public async Task HandleAsync_NotASheet_SaysSo(string content)
    {
        await using var studio = await StudioApp.StartAsync();
        var dataset = await With(studio, "a.png");
        var file = new MemoryStream(Encoding.Latin1.GetBytes(content));
        var result = await studio.Get<ImportLabels>().HandleAsync(new LabelImport(dataset, "x.xlsx"), file, Stop);
        Assert.NotNull(result.Problem);
    }

    [Fact]
    public async Task PreviewAsync_SavesNothing()
    {
        await using var studio = await StudioApp.StartAsync();
        var dataset = await With(studio, "a.png");
        using var sheet = TinyWorkbook.Of(["file", "total"], ["a.png", "1"], ["a.png", "2"]);
        var result = await studio.Get<ImportLabels>().PreviewAsync(new LabelImport(dataset, "l.xlsx"), sheet, Stop);
        Assert.Equal((1, "a.png"), (result.Matched, Assert.Single(result.Duplicates)));
        await using var db = studio.OpenDatabase();
        Assert.Empty(db.LabelSets);
    }

    private static async Task<int> With(StudioApp studio, params string[] paths)
    {
        var dataset = (await studio.Get<CreateDataset>().HandleAsync("set", "", Stop)).Id;
        foreach (var (path, at) in paths.Select((path, at) => (path, at)))
            await studio.Get<AddImages>().HandleAsync(dataset, path, new MemoryStream(TinyPictures.Png(at)), Stop);
        return dataset;
    }

    private static async Task<List<string>> Labels(StudioApp studio, int set, string path)
    {
        await using var db = studio.OpenDatabase();
        var labels = await db.Labels.Where(l => l.LabelSetId == set && db.Images.Any(i => i.Id == l.ImageItemId && i.Path == path)).ToListAsync(Stop);
        return [.. labels.Select(l => $"{l.FieldKey}={l.Value}").Order(StringComparer.Ordinal)];
    }
}
