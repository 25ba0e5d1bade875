using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using GlmStudio.Engine;
using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Web.Features.Batches;

public enum AnswerFormat { Text, Json, JsonLines }

/// <summary>Answers in upload order with their file names, corrections counted in, read and written a few hundred rows at a time.</summary>
public sealed class WriteAnswers(IDbContextFactory<StudioDbContext> databases)
{
    private const int RowsAtATime = 500;
    private static readonly JsonWriterOptions Line = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonWriterOptions Indented = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = true };

    /// <summary>What the download is called, without extension; null where there is no such batch or row.</summary>
    public async Task<string?> FindNameAsync(int batchId, long? rowId, CancellationToken cancellation)
    {
        await using var db = databases.CreateDbContext();
        var name = rowId is null
            ? await db.Batches.Where(b => b.Id == batchId).Select(b => b.Name).SingleOrDefaultAsync(cancellation)
            : await db.Rows.Where(r => r.Id == rowId && r.BatchId == batchId).Select(r => r.ImageItem!.Path).SingleOrDefaultAsync(cancellation);
        return name is null ? null : Safe(rowId is null ? name : Path.GetFileNameWithoutExtension(name));
    }

    public async Task HandleAsync(Stream output, int batchId, long? rowId, AnswerFormat format, CancellationToken cancellation)
    {
        var fields = await FieldsAsync(batchId, cancellation);
        var buffer = new ArrayBufferWriter<byte>();
        var count = 0;
        var isList = format == AnswerFormat.Json && rowId is null;
        if (isList) Append(buffer, "[");
        await foreach (var row in ReadAsync(batchId, rowId, cancellation))
        {
            if (isList) Append(buffer, count == 0 ? "\n" : ",\n");
            count++;
            if (format == AnswerFormat.Text) Append(buffer, ToText(row, fields));
            else WriteJson(buffer, row, fields, format == AnswerFormat.Json ? Indented : Line);
            if (format == AnswerFormat.JsonLines) Append(buffer, "\n");
            if (buffer.WrittenCount < 1 << 16) continue;
            await output.WriteAsync(buffer.WrittenMemory, cancellation);
            buffer.ResetWrittenCount();
        }
        if (isList) Append(buffer, "\n]\n");
        await output.WriteAsync(buffer.WrittenMemory, cancellation);
    }

    private async Task<List<Field>> FieldsAsync(int batchId, CancellationToken cancellation)
    {
        await using var db = databases.CreateDbContext();
        var version = await db.Batches.Where(b => b.Id == batchId).Select(b => b.TemplateVersion!).AsNoTracking().SingleAsync(cancellation);
        return version.Fields;
    }

    private async IAsyncEnumerable<Row> ReadAsync(int batchId, long? rowId, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var after = -1;
        while (true)
        {
            await using var db = databases.CreateDbContext();
            var rows = await db.Rows.AsNoTracking().Include(r => r.Cells).Include(r => r.ImageItem)
                .Where(r => r.BatchId == batchId && r.Ordinal > after && (rowId == null || r.Id == rowId))
                .OrderBy(r => r.Ordinal).Take(RowsAtATime).AsSplitQuery().ToListAsync(cancellation);
            foreach (var row in rows) yield return row;
            if (rows.Count < RowsAtATime) yield break;
            after = rows[^1].Ordinal;
        }
    }

    /// <summary>The file name at the line's start, everything that came from the page two spaces in: no line begins as a spreadsheet's formula.</summary>
    private static string ToText(Row row, List<Field> fields)
    {
        var text = new StringBuilder().Append("# ").Append(row.ImageItem!.DisplayName).Append('\n');
        if (row.Error is not null && row.Status is RowStatus.Failed) text.Append("  ! ").Append(Indent(row.Error)).Append('\n');
        else if (row.Answer is null) text.Append("  (").Append(Status(row)).Append(")\n");
        else if (fields.Count == 0) text.Append("  ").Append(Indent(row.Answer)).Append('\n');
        else
        {
            var cells = row.Cells.ToDictionary(c => c.FieldKey, c => c.Final, StringComparer.Ordinal);
            foreach (var cell in row.Cells.Where(c => c.OpenProblem is not null)) text.Append("  ! ").Append(cell.FieldKey).Append(": ").Append(Indent(cell.OpenProblem!)).Append('\n');
            foreach (var field in fields) text.Append("  ").Append(field.Key).Append(": ").Append(Indent(cells.GetValueOrDefault(field.Key) ?? "")).Append('\n');
        }
        return text.Append('\n').ToString();
    }

    private static void WriteJson(ArrayBufferWriter<byte> buffer, Row row, List<Field> fields, JsonWriterOptions options)
    {
        using var json = new Utf8JsonWriter(buffer, options);
        json.WriteStartObject();
        json.WriteString("file", row.ImageItem!.Path);
        if (row.ImageItem.Page > 0) json.WriteNumber("page", row.ImageItem.Page + 1);
        json.WriteString("status", Status(row));
        if (row.Status == RowStatus.Failed) json.WriteString("error", row.Error);
        if (fields.Count == 0) json.WriteString("answer", row.Answer);
        else if (row.Answer is not null) WriteValues(json, row, fields);
        if (row.Rating is { } rating) json.WriteNumber("rating", rating);
        if (row.Comment.Length > 0) json.WriteString("comment", row.Comment);
        json.WriteNumber("seconds", Math.Round(row.Seconds, 3));
        json.WriteEndObject();
    }

    private static void WriteValues(Utf8JsonWriter json, Row row, List<Field> fields)
    {
        var cells = row.Cells.ToDictionary(c => c.FieldKey, c => c.Final, StringComparer.Ordinal);
        json.WriteStartObject("values");
        foreach (var field in fields)
        {
            var value = cells.GetValueOrDefault(field.Key);
            json.WritePropertyName(field.Key);
            if (field.Type == FieldType.List && value is ['[', ..] && IsJson(value)) json.WriteRawValue(value);
            else json.WriteStringValue(value);
        }
        json.WriteEndObject();
        WriteTexts(json, "read", row.Cells.Where(c => c.IsRuled && c.Raw is not null).Select(c => (c.FieldKey, c.Raw!)));
        WriteTexts(json, "messages", row.Cells.Where(c => c.OpenProblem is not null).Select(c => (c.FieldKey, c.OpenProblem!)));
    }

    /// <summary>What rules changed, and what they found: by field key, left out where there is nothing.</summary>
    private static void WriteTexts(Utf8JsonWriter json, string name, IEnumerable<(string Key, string Text)> texts)
    {
        var isOpen = false;
        foreach (var (key, text) in texts)
        {
            if (!isOpen) json.WriteStartObject(name);
            isOpen = true;
            json.WriteString(key, text);
        }
        if (isOpen) json.WriteEndObject();
    }

    private static bool IsJson(string text)
    {
        try
        {
            using var _ = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string Status(Row row) => JsonNamingPolicy.CamelCase.ConvertName(row.Status.ToString());

    private static string Indent(string text) => text.ReplaceLineEndings("\n").Replace("\n", "\n  ", StringComparison.Ordinal);

    private static void Append(ArrayBufferWriter<byte> buffer, string text) => Encoding.UTF8.GetBytes(text, buffer);

    private static string Safe(string name) => string.Concat(name.Select(c => char.IsControl(c) || "\\/:*?\"<>|".Contains(c, StringComparison.Ordinal) ? '_' : c)).Trim('.', ' ') is { Length: > 0 } safe
        ? safe : "answers";
}
