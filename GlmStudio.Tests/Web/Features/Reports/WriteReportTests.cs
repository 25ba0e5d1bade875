using System.Globalization;
using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using ExcelDataReader;
using GlmStudio.Engine;
using GlmStudio.Engine.Images;
using GlmStudio.Tests.Support;
using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Features.Reports;
using GlmStudio.Web.Widgets.Localisation;

namespace GlmStudio.Tests.Web.Features.Reports;

public sealed class WriteReportTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Handle_MixedBatch_PassesTheValidator()
    {
        await using var database = await TestDatabase.CreateAsync();
        Assert.Empty(Errors(await WriteAsync(database, await Mixed().SaveAsync(database.Database))));
    }

    [Fact]
    public async Task Handle_NoLabelsNoRows_PassesTheValidator()
    {
        await using var database = await TestDatabase.CreateAsync();
        Assert.Empty(Errors(await WriteAsync(database, await new HandMadeBatch().SaveAsync(database.Database))));
    }

    [Fact]
    public async Task Handle_Chinese_NamesSheetsAndColumnsInChineseAndStaysValid()
    {
        await using var database = await TestDatabase.CreateAsync();
        var batch = await Mixed().SaveAsync(database.Database);
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("zh");
        var file = await WriteAsync(database, batch);
        Assert.Equal(["概要", "字段", "行"], Read(file).Select(s => s.Name));
        Assert.Contains("状态", Read(file)[2].Rows[0]);
        Assert.Empty(Errors(file));
    }

    [Fact]
    public async Task Handle_Rows_ReadBackTyped()
    {
        await using var database = await TestDatabase.CreateAsync();
        var rows = Read(await WriteAsync(database, await Mixed().SaveAsync(database.Database)))[2].Rows;
        var (header, first) = (rows[0], rows[1]);
        object? Value(string column) => first[Array.IndexOf(header, column)];
        Assert.Equal("march/IMG_0000.jpg", Value("File"));
        Assert.Equal(new DateTime(2026, 3, 1), Value("Date"));
        Assert.Equal(80.9, Value("Total"));
        Assert.Equal("RM 80.90", Value("Total · label"));
        Assert.Equal("exact", Value("Total · match"));
        Assert.Equal("007", Value("Number"));
        Assert.Equal(4d, Value("Rating"));
        Assert.Equal("good", Value("Comment"));
    }

    [Fact]
    public async Task Handle_Corrections_TellNullFromEmptyAndFromNone()
    {
        await using var database = await TestDatabase.CreateAsync();
        var rows = Read(await WriteAsync(database, await Mixed().SaveAsync(database.Database)))[2].Rows;
        var column = Array.IndexOf(rows[0], "Company · correction");
        Assert.Equal([null, "(not on the page)", "(empty)", "By hand"], rows.Skip(1).Select(r => r[column]));
        Assert.Equal("zero bytes", rows[4][Array.IndexOf(rows[0], "Problem")]);
    }

    [Theory]
    [InlineData("=1+1")]
    [InlineData("+861012345")]
    [InlineData("-5 =cmd|' /C calc'!A0")]
    [InlineData("@SUM(A1)")]
    [InlineData("_x0041_ stays")]
    [InlineData("全角＝１＋１ 🍵")]
    [InlineData("<b>&amp;\"quotes\"</b>")]
    public async Task Handle_TextThatCouldBeAFormula_StaysThatText(string text)
    {
        await using var database = await TestDatabase.CreateAsync();
        var file = await WriteAsync(database, await new HandMadeBatch().Row([text, text, text]).SaveAsync(database.Database));
        Assert.Equal(text, Read(file)[2].Rows[1][4]);
        using var document = SpreadsheetDocument.Open(new MemoryStream(file), false);
        Assert.All(document.WorkbookPart!.WorksheetParts, p => Assert.Empty(p.Worksheet.Descendants<DocumentFormat.OpenXml.Spreadsheet.CellFormula>()));
        Assert.Empty(Errors(file));
    }

    [Fact]
    public async Task Handle_ControlCharactersAndHalfSurrogates_AreLeftOut()
    {
        await using var database = await TestDatabase.CreateAsync();
        var file = await WriteAsync(database, await new HandMadeBatch().Row(["a\u0000\u0001b\u000Bc\uFFFEd\ttab\r\nline", null, null]).SaveAsync(database.Database));
        Assert.Equal("abcd\ttab\nline", Read(file)[2].Rows[1][4]);
        Assert.Empty(Errors(file));
    }

    [Fact]
    public async Task Handle_TextBeyondExcelsLimit_IsCutWithAMark()
    {
        await using var database = await TestDatabase.CreateAsync();
        var file = await WriteAsync(database, await new HandMadeBatch().Row([new string('长', 40_000), null, null]).SaveAsync(database.Database));
        var text = (string)Read(file)[2].Rows[1][4]!;
        Assert.Equal(32_767, text.Length);
        Assert.EndsWith("… [cut]", text, StringComparison.Ordinal);
        Assert.Empty(Errors(file));
    }

    [Fact]
    public async Task Handle_Fields_CarryTheFiguresOfTheScores()
    {
        await using var database = await TestDatabase.CreateAsync();
        var batch = await Mixed().SaveAsync(database.Database);
        var score = (await new BatchScores(database.Database).ReadAsync(batch.Id, null, Cancellation))!;
        var rows = Read(await WriteAsync(database, batch))[1].Rows;
        var (exact, similarity) = (Array.IndexOf(rows[0], "Exact rate"), Array.IndexOf(rows[0], "Similarity"));
        Assert.Equal(score.Engine.Fields.Select(f => (object?)f.Counts.ExactRate), rows.Skip(1).SkipLast(1).Select(r => r[exact]));
        Assert.Equal(score.Engine.Overall.Similarity, rows[^1][similarity]);
    }

    [Fact]
    public async Task Handle_OneRow_HasThatRowOnly()
    {
        await using var database = await TestDatabase.CreateAsync();
        var batch = await Mixed().SaveAsync(database.Database);
        await using var db = database.Open();
        var row = db.Rows.Single(r => r.Ordinal == 2);
        var file = await WriteAsync(database, batch, row.Id);
        Assert.Equal(3d, Assert.Single(Read(file)[2].Rows.Skip(1))[0]);
        Assert.Empty(Errors(file));
    }

    [Fact]
    public async Task Handle_TenThousandRows_TakesSecondsAndSaysWhichHaveNoPicture()
    {
        await using var database = await TestDatabase.CreateAsync();
        var batch = await new HandMadeBatch().Row(["Shop #", "2026-03-01", "1.50"], ["Shop #", "2026-03-01", "1.5"]).SaveAsync(database.Database, rows: 10_000);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var file = await WriteAsync(database, batch);
        TestContext.Current.SendDiagnosticMessage($"10,000 rows written in {watch.ElapsedMilliseconds} ms, {file.Length / 1024} KiB");
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 30);
        Assert.Equal(10_001, Read(file)[2].Rows.Count);
        Assert.Contains(Read(file)[0].Rows, r => r[0] is string s && s.Contains("8000", StringComparison.Ordinal));
    }

    private static HandMadeBatch Mixed() => new HandMadeBatch
    {
        Fields =
        [
            new Field { Key = "company", Label = "Company", Type = FieldType.Text }, new Field { Key = "date", Label = "Date", Type = FieldType.Date },
            new Field { Key = "total", Label = "Total", Type = FieldType.Money }, new Field { Key = "no", Label = "Number", Type = FieldType.Id },
        ],
    }
        .Row(["Blue Café", "1/3/2026", "80.90", "007"], ["BLUE CAFÉ", "2026-03-01", "RM 80.90", "007"]).With(r => (r.Rating, r.Comment) = (4, "good"))
        .Row(["Tea House", null, "12", "1"], ["", "2026-03-02", "", "1"]).Corrected("company", null)
        .Row(["Tea", null, "12", "1"], ["", "2026-03-02", "", "1"]).Corrected("company", "")
        .Row([], ["Shop", "2026-03-03", "5", null], RowStatus.Failed, "zero bytes").Corrected("company", "By hand");

    private static async Task<byte[]> WriteAsync(TestDatabase database, Batch batch, long? row = null)
    {
        var stream = new MemoryStream();
        using var pictures = new ImageReader(new ImageLimits());
        var report = new WriteReport(new BatchScores(database.Database), new Calibrations(database.Database, new BatchScores(database.Database)), new ImageStore(database.Folder), pictures, new JsonStringLocalizer());
        Assert.True(await report.HandleAsync(batch.Id, row, stream, Cancellation));
        return stream.ToArray();
    }

    private static List<string> Errors(byte[] file)
    {
        using var document = SpreadsheetDocument.Open(new MemoryStream(file), false);
        return [.. new OpenXmlValidator(FileFormatVersions.Microsoft365).Validate(document).Select(e => $"{e.Part?.Uri} {e.Path?.XPath}: {e.Description}")];
    }

    private static List<(string Name, List<object?[]> Rows)> Read(byte[] file)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        using var reader = ExcelReaderFactory.CreateReader(new MemoryStream(file));
        var sheets = new List<(string, List<object?[]>)>();
        do
        {
            var rows = new List<object?[]>();
            while (reader.Read()) rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => (object?)reader.GetValue(i))]);
            sheets.Add((reader.Name, rows));
        }
        while (reader.NextResult());
        return sheets;
    }
}
