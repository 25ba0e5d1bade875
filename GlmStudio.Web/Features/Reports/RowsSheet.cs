using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Spreadsheet;
using GlmStudio.Web.Domain;
using GlmStudio.Web.Domain.Confidence;
using GlmStudio.Web.Domain.Scores;
using GlmStudio.Web.Features.Reports.Xlsx;
using GlmStudio.Web.Widgets;
using Field = GlmStudio.Web.Domain.Field;

namespace GlmStudio.Web.Features.Reports;

/// <summary>One line a row: its picture, and for each field answer, label, match and correction.</summary>
internal sealed class RowsSheet
{
    /// <summary>Rows with a picture; more would make a file that spreadsheets open slowly.</summary>
    public const int MaxPictures = 2_000;

    private const int PictureColumn = 2;
    private const double PictureRowPoints = 50;
    private static readonly string Sheet = ReportBook.SheetPart(3);

    private readonly ReportBook _book;
    private readonly List<RowColumn> _columns;
    private readonly List<RowPicture> _pictures = [];

    public RowsSheet(ReportBook book)
    {
        _book = book;
        _columns = [.. Columns()];
    }

    public string LastColumn => SheetWriter.Letters(_columns.Count);

    /// <summary>Rows beyond <see cref="MaxPictures"/>.</summary>
    public int PicturesLeftOut { get; private set; }

    /// <summary>Writes the rows as they come and passes them on.</summary>
    public async IAsyncEnumerable<ScoredRow> WriteAsync(IAsyncEnumerable<ScoredRow> rows)
    {
        using var sheet = new SheetWriter(_book.Package.OpenXml(Sheet, Part.WorksheetType),
            SheetWriter.Frozen(3), SheetWriter.Widths(_columns.Select(c => c.Width)));
        sheet.Row(CellLook.Header, [.. _columns.Select(c => c.Title)]);
        await foreach (var row in rows)
        {
            KeepPicture(row, sheet.RowNumber);
            sheet.Row(sheet.RowNumber <= MaxPictures ? PictureRowPoints : null);
            foreach (var column in _columns) column.Write(sheet, row);
            yield return row;
        }
        var last = Math.Max(sheet.RowNumber, 2);
        // The drawing's part is written next; its id is known by now.
        var drawing = _pictures.Count == 0 ? null : new Drawing { Id = _book.Package.Relate(Sheet, Part.ToDrawing, RowPictures.DrawingPart) };
        OpenXmlElement[] filter = [new AutoFilter { Reference = $"A1:{LastColumn}{sheet.RowNumber}" }];
        OpenXmlElement[] tail = [SheetWriter.Landscape, TextIsMeant(last), .. drawing is null ? [] : (OpenXmlElement[])[drawing]];
        sheet.End([.. filter, .. Colours(last), .. tail]);
    }

    public Task WritePicturesAsync(ReportThumbnails thumbnails, CancellationToken cancellation) =>
        _pictures.Count == 0 ? Task.CompletedTask : new RowPictures(_book.Package, PictureColumn).WriteAsync(_pictures, thumbnails, cancellation);

    private void KeepPicture(ScoredRow row, int rowIndex)
    {
        if (rowIndex > MaxPictures) PicturesLeftOut++;
        else _pictures.Add(new RowPicture(rowIndex, row.Facts.ContentHash, row.Facts.Page, row.Link.Name));
    }

    private IEnumerable<RowColumn> Columns()
    {
        var l = _book.L;
        yield return new("#", 6, (s, r) => s.Number(r.Link.Ordinal + 1, CellLook.Plain));
        yield return new(l["Picture"], 13, (s, _) => s.Skip());
        yield return new(l["File"], 28, (s, r) => s.Text(r.Link.Name));
        yield return new(l["Status"], 12, (s, r) => s.Text(l.Name(r.Facts.Status), CellLook.Plain));
        foreach (var (i, field) in _book.Batch.Fields.Index())
            foreach (var column in FieldColumns(field, i)) yield return column;
        yield return new(l["Problem"], 36, (s, r) => s.Text(r.Facts.Error));
        yield return new(l["Messages"], 36, (s, r) => s.Text(Messages(r)));
        yield return new(l["Rating"], 9, (s, r) => s.Number(r.Facts.Rating, CellLook.Plain));
        yield return new(l["Comment"], 30, (s, r) => s.Text(r.Facts.Comment));
        yield return new(l["Seconds"], 10, (s, r) => s.Number(r.Facts.Seconds == 0 ? null : r.Facts.Seconds, CellLook.Seconds));
    }

    private IEnumerable<RowColumn> FieldColumns(Field field, int index)
    {
        var l = _book.L;
        yield return new(field.Label, 24, (s, r) => s.Value(field.Type, r.Cells[index].Value));
        if (_book.Batch.LabelSet is not null)
        {
            yield return new(l["{0} · label", field.Label], 24, (s, r) => s.Value(field.Type, r.Cells[index].Label));
            yield return new(l["{0} · match", field.Label], 11, (s, r) => s.Text(r.Counts ? l.Name(r.Cells[index].Engine.Match) : "", CellLook.Plain))
            {
                Kind = ColumnKind.Match,
            };
        }
        yield return new(l["{0} · correction", field.Label], 24, (s, r) => Correction(s, field, r.Cells[index])) { Kind = ColumnKind.Correction };
        yield return new(_book.Calibration?.Of(field.Key) is null ? l["{0} · raw score", field.Label] : l["{0} · confidence", field.Label], 12,
            (s, r) => s.Number(CellTrust.Of(_book.Calibration, field.Key, r.Cells[index].RawScore).Confidence, CellLook.Percent));
    }

    private string? Messages(ScoredRow row) => string.Join('\n', _book.Batch.Fields.Zip(row.Cells)
        .Where(c => c.Second.Message is not null).Select(c => $"{c.First.Label}: {_book.L[c.Second.Message!].Value}")) is { Length: > 0 } all ? all : null;

    private void Correction(SheetWriter sheet, Field field, ScoredCell cell)
    {
        if (!cell.IsCorrected) sheet.Skip();
        else if (cell.Final is null) sheet.Text(_book.L["(not on the page)"]);
        else if (cell.Final.Length == 0) sheet.Text(_book.L["(empty)"]);
        else sheet.Value(field.Type, cell.Final);
    }

    private IEnumerable<OpenXmlElement> Colours(int lastRow)
    {
        var priority = 1;
        foreach (var (i, column) in _columns.Index().Where(c => c.Item.Kind != ColumnKind.Other))
        {
            var letters = SheetWriter.Letters(i + 1);
            var rules = column.Kind == ColumnKind.Match
                ? MatchRules(ref priority)
                : [Rule(ConditionalFormatValues.Expression, $"LEN({letters}2)>0", Tint.Changed, priority++)];
            yield return new ConditionalFormatting(rules)
            {
                SequenceOfReferences = new ListValue<StringValue> { InnerText = $"{letters}2:{letters}{lastRow}" },
            };
        }
    }

    private ConditionalFormattingRule[] MatchRules(ref int priority)
    {
        (CellMatch Match, Tint Tint)[] tints =
            [(CellMatch.Exact, Tint.Good), (CellMatch.Wrong, Tint.Bad), (CellMatch.Missing, Tint.Warning), (CellMatch.Extra, Tint.Warning)];
        var first = priority;
        priority += tints.Length;
        return [.. tints.Select((t, i) => Rule(ConditionalFormatValues.CellIs, $"\"{_book.L.Name(t.Match)}\"", t.Tint, first + i))];
    }

    private static ConditionalFormattingRule Rule(ConditionalFormatValues type, string formula, Tint tint, int priority) => new(new Formula(formula))
    {
        Type = type, Operator = type == ConditionalFormatValues.CellIs ? ConditionalFormattingOperatorValues.Equal : null,
        FormatId = (uint)tint, Priority = priority,
    };

    // Codes are text on purpose: no green corners that offer to turn them into numbers.
    private IgnoredErrors TextIsMeant(int lastRow) => new(new IgnoredError
    {
        NumberStoredAsText = true,
        SequenceOfReferences = new ListValue<StringValue> { InnerText = string.Create(CultureInfo.InvariantCulture, $"A1:{LastColumn}{lastRow}") },
    });

    private sealed record RowColumn(string Title, double Width, Action<SheetWriter, ScoredRow> Write)
    {
        public ColumnKind Kind { get; init; }
    }

    private enum ColumnKind { Other, Match, Correction }
}
