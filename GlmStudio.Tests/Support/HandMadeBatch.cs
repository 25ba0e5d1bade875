using GlmStudio.Engine;
using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Tests.Support;

/// <summary>A batch put into the database by hand, no engine needed: rows in the order they are given.</summary>
public sealed class HandMadeBatch
{
    private static readonly DateTime Noon = new(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc);
    private readonly List<Row> _rows = [];
    private readonly List<(int Ordinal, string Key, string Value)> _labels = [];

    public string Name { get; init; } = "Receipts";
    public List<Field> Fields { get; init; } =
    [
        new() { Key = "company", Label = "Company", Type = FieldType.Text },
        new() { Key = "date", Label = "Date", Type = FieldType.Date },
        new() { Key = "total", Label = "Total", Type = FieldType.Money },
    ];

    /// <summary>The content hash of each picture, by its ordinal.</summary>
    public Func<int, string> HashOf { get; init; } = Hash;

    /// <summary>Adds an answered row. Values are in the order of the fields.</summary>
    public HandMadeBatch Row(string?[] answers, string?[]? labels = null, RowStatus status = RowStatus.Answered, string? error = null)
    {
        var ordinal = _rows.Count;
        _rows.Add(new Row
        {
            Ordinal = ordinal, Status = status, Error = error, Answer = error is null ? "{}" : null, Seconds = 0.5, AnsweredAt = Noon,
            Cells = error is null && status is not (RowStatus.Queued or RowStatus.Running) ? [.. Fields.Zip(answers, (f, a) => new Cell
            {
                FieldKey = f.Key, Value = a, Score = 0.9, Box = a is null ? null : new PageBox(0.1, 0.2, 0.3, 0.05),
            })] : [],
        });
        foreach (var (field, label) in Fields.Zip(labels ?? []))
            if (label is not null) _labels.Add((ordinal, field.Key, label));
        return this;
    }

    /// <summary>Changes the last row before it is saved.</summary>
    public HandMadeBatch With(Action<Row> change)
    {
        change(_rows[^1]);
        return this;
    }

    /// <summary>Says what a person made of a field of the last row.</summary>
    public HandMadeBatch Corrected(string key, string? value) => With(row =>
    {
        var cell = row.Cells.Find(c => c.FieldKey == key);
        if (cell is null) row.Cells.Add(cell = new Cell { FieldKey = key });
        (cell.IsCorrected, cell.CorrectedValue) = (true, value);
    });

    /// <summary>Saves everything; the batch has a label set where a row has labels.</summary>
    public async Task<Batch> SaveAsync(StudioDatabase database)
    {
        await using var db = database.CreateDbContext();
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        var dataset = new Dataset { Name = $"{Name} pictures", CreatedAt = Noon };
        var images = _rows.Select(r => new ImageItem
        {
            Dataset = dataset, Ordinal = r.Ordinal, Path = $"march/IMG_{r.Ordinal:0000}.jpg", ContentHash = HashOf(r.Ordinal), Width = 600, Height = 800, AddedAt = Noon,
            Quality = new ImageQuality(),
        }).ToList();
        db.Add(dataset);
        db.AddRange(images);
        await db.SaveChangesAsync();
        var batch = NewBatch(dataset, _labels.Count == 0 ? null : Labels(dataset, images));
        foreach (var (row, image) in _rows.Zip(images)) (row.Batch, row.ImageItemId) = (batch, image.Id);
        db.AddRange(_rows);
        db.Add(batch);
        await db.SaveChangesAsync();
        return batch;
    }

    /// <summary>A content hash nobody has a file for.</summary>
    public static string Hash(int number) => number.ToString("x64", System.Globalization.CultureInfo.InvariantCulture);

    private LabelSet Labels(Dataset dataset, List<ImageItem> images) => new()
    {
        DatasetId = dataset.Id, Name = "By hand", FileName = "labels.xlsx", CreatedAt = Noon,
        Labels = [.. _labels.Select(l => new Label { ImageItemId = images[l.Ordinal].Id, FieldKey = l.Key, Value = l.Value })],
    };

    private Batch NewBatch(Dataset dataset, LabelSet? labels) => new()
    {
        Name = Name, DatasetId = dataset.Id, Engine = "reader", LabelSet = labels, Status = BatchStatus.Finished, RowCount = _rows.Count,
        TemplateVersion = new TemplateVersion
        {
            Number = 1, Fields = Fields, CreatedAt = Noon,
            Template = new Template { Key = $"t{Guid.NewGuid():n}", Name = "Receipt", CreatedAt = Noon },
        },
        CreatedAt = Noon, StartedAt = Noon, FinishedAt = Noon.AddMinutes(1), ActiveSeconds = 30, PeakMemoryBytes = 800_000_000,
    };
}

/// <summary>Large batches, made by the database itself: row 0 with its cells and labels, repeated.</summary>
public static class ManyRows
{
    /// <summary>Repeats the only row of a batch until there are so many. A <c>#</c> in values and labels becomes the row's ordinal.</summary>
    public static async Task<Batch> SaveAsync(this HandMadeBatch first, StudioDatabase database, int rows)
    {
        var batch = await first.SaveAsync(database);
        await using var db = database.CreateDbContext();
        var (row, image) = (await db.Rows.SingleAsync(r => r.BatchId == batch.Id), await db.Images.SingleAsync(i => i.DatasetId == batch.DatasetId));
        var n = $"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {rows - 1})";
        foreach (var insert in (string[])
        [
            $"INSERT INTO Images (Id, DatasetId, Ordinal, Path, Page, ContentHash, ByteCount, Width, Height, AddedAt, Quality) {n} SELECT {image.Id} + i, DatasetId, i, printf('march/IMG_%04d.jpg', i), 0, ContentHash, 0, Width, Height, AddedAt, Quality FROM Images, n WHERE Id = {image.Id}",
            $"INSERT INTO Rows (Id, BatchId, Ordinal, Repeat, ImageItemId, Status, Answer, Seconds, Attempts, AnsweredAt, Comment, ConfirmedCells, ConfirmationSeconds) {n} SELECT {row.Id} + i, BatchId, i, 0, {image.Id} + i, Status, Answer, Seconds, Attempts, AnsweredAt, Comment, 0, 0 FROM Rows, n WHERE Id = {row.Id}",
            $"INSERT INTO Cells (RowId, FieldKey, Value, IsCorrected, Score, Box) {n} SELECT {row.Id} + i, FieldKey, replace(Value, '#', i), 0, Score, Box FROM Cells, n WHERE RowId = {row.Id}",
            $"INSERT INTO Labels (LabelSetId, ImageItemId, FieldKey, Value) {n} SELECT LabelSetId, {image.Id} + i, FieldKey, replace(Value, '#', i) FROM Labels, n WHERE ImageItemId = {image.Id}",
            $"UPDATE Batches SET RowCount = {rows} WHERE Id = {batch.Id}",
        ]) await db.Database.ExecuteSqlRawAsync(insert);
        return batch;
    }
}

/// <summary>A database of its own in a new folder, without the program around it.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly DirectoryInfo _folder;

    private TestDatabase(DirectoryInfo folder, StudioDatabase database) => (_folder, Database) = (folder, database);

    public StudioDatabase Database { get; }
    public string Folder => _folder.FullName;

    public static async Task<TestDatabase> CreateAsync()
    {
        var folder = Directory.CreateTempSubdirectory("glm-studio-db-");
        var database = new StudioDatabase($"Data Source={Path.Combine(folder.FullName, "studio.db")};Default Timeout=30");
        await database.MigrateAsync(CancellationToken.None);
        return new TestDatabase(folder, database);
    }

    public StudioDbContext Open() => Database.CreateDbContext();

    public ValueTask DisposeAsync()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearPool(new Microsoft.Data.Sqlite.SqliteConnection(Database.ConnectionString));
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}
