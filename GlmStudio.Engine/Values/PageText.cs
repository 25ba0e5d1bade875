using GlmStudio.Engine.Transcription;

namespace GlmStudio.Engine.Values;

/// <summary>A rectangle in pixels, so that widths and heights compare.</summary>
internal readonly record struct Area(double X, double Y, double Width, double Height)
{
    public double Right => X + Width;
    public double Bottom => Y + Height;
    public double CentreX => X + Width / 2;
    public double CentreY => Y + Height / 2;

    /// <summary>How much of the narrower of the two the horizontal overlap covers, 0 … 1.</summary>
    public double OverlapAcross(Area other) =>
        Math.Max(0, Math.Min(Right, other.Right) - Math.Max(X, other.X)) / Math.Max(1e-9, Math.Min(Width, other.Width));
}

/// <summary>A run of text without a wide gap: a line, or one cell of a table's row.</summary>
/// <param name="index">Position in reading order.</param>
/// <param name="line">The line it belongs to.</param>
/// <param name="offset">Where it starts in the line.</param>
/// <param name="raw">The text as printed.</param>
/// <param name="text">The same with half-width forms, character for character.</param>
/// <param name="area">Its place in pixels.</param>
internal sealed class Cell(int index, TranscriptLine line, int offset, string raw, string text, Area area)
{
    private IReadOnlyList<DateReading>? _dates;

    public int Index { get; } = index;
    public TranscriptLine Line { get; } = line;
    public int Offset { get; } = offset;
    public string Raw { get; } = raw;
    public string Text { get; } = text;
    public Area Area { get; } = area;

    /// <summary>The row's number on the page, and the place in the row from the left.</summary>
    public int Row { get; set; }

    /// <inheritdoc cref="Row"/>
    public int Column { get; set; }

    /// <summary>The dates in it.</summary>
    public IReadOnlyList<DateReading> Dates => _dates ??= DateReading.Find(Text);

    /// <summary>The whole cell.</summary>
    public Span All => new(this, 0, Raw.Length);
}

/// <summary>A part of a cell: characters from Start up to, not including, End.</summary>
internal readonly record struct Span(Cell Cell, int Start, int End)
{
    private static readonly char[] Edges = [' ', ':', '：', ',', '，', ';', '；', '|', '=', '_', '~', '…', '·', '.', '-', '>', '*', '、'];

    public int Length => End - Start;
    public string Raw => Cell.Raw[Start..End];
    public string Text => Cell.Text[Start..End];
    public PageBox Box => Cell.Line.BoxOf(Cell.Offset + Start, Math.Max(1, Length));

    /// <summary>The box around several parts.</summary>
    public static PageBox Around(IReadOnlyList<Span> spans)
    {
        var boxes = spans.Select(s => s.Box).ToList();
        var (left, top) = (boxes.Min(b => b.X), boxes.Min(b => b.Y));
        return new PageBox(left, top, boxes.Max(b => b.X + b.Width) - left, boxes.Max(b => b.Y + b.Height) - top);
    }

    /// <summary>With the comma behind it, where one is printed: the value goes on in the next line.</summary>
    public Span WithComma() => End < Cell.Raw.Length && Cell.Raw[End] is ',' or '，' or '、' ? this with { End = End + 1 } : this;

    /// <summary>A part of this part.</summary>
    public Span Part(int start, int length) => new(Cell, Start + start, Start + start + length);

    /// <summary>Without the spaces and separators at its ends; a sign before a digit and a closing full stop of a word stay.</summary>
    public Span Trim()
    {
        var (start, end) = (Start, End);
        while (start < end && Array.IndexOf(Edges, Cell.Raw[start]) >= 0 && !IsSign(start, end)) start++;
        while (end > start && Array.IndexOf(Edges, Cell.Raw[end - 1]) >= 0 && !(Cell.Raw[end - 1] == '.' && end - 2 >= start && char.IsLetter(Cell.Raw[end - 2]))
            && Cell.Raw[end - 1] != '*') end--;
        return new Span(Cell, start, end);
    }

    private bool IsSign(int at, int end) =>
        Cell.Raw[at] is '-' or '.' or '*' && at + 1 < end && (char.IsDigit(Cell.Raw[at + 1]) || Cell.Raw[at] == '*');
}

/// <summary>A transcript as rows of cells.</summary>
internal sealed class PageText
{
    private const int MostCells = 4_000;

    public PageText(Transcript transcript)
    {
        (Width, Height) = (Math.Max(1, transcript.Width), Math.Max(1, transcript.Height));
        List<Cell> cells = [];
        foreach (var line in transcript.Lines)
            if (cells.Count < MostCells)
                Split(line, cells);
        Cells = cells;
        Rows = [.. cells.GroupBy(c => c.Line.Row).OrderBy(g => g.Key).Select(g => g.OrderBy(c => c.Area.X).ToArray())];
        for (var row = 0; row < Rows.Count; row++)
            for (var column = 0; column < Rows[row].Length; column++)
                (Rows[row][column].Row, Rows[row][column].Column) = (row, column);
        LineHeight = cells.Count == 0 ? 1 : cells.Select(c => c.Area.Height).Order().ElementAt(cells.Count / 2);
    }

    public double Width { get; }
    public double Height { get; }
    public IReadOnlyList<Cell> Cells { get; }
    public IReadOnlyList<Cell[]> Rows { get; }

    /// <summary>The median height of a line, in pixels.</summary>
    public double LineHeight { get; }

    /// <summary>The cells right of a cell in its row.</summary>
    public IEnumerable<Cell> RightOf(Cell cell) => Rows[cell.Row].Skip(cell.Column + 1);

    /// <summary>The nearest cell beneath a cell that shares its column, within a few rows.</summary>
    public Cell? Below(Cell cell, double mostGap)
    {
        for (var row = cell.Row + 1; row < Math.Min(Rows.Count, cell.Row + 4); row++)
            foreach (var other in Rows[row])
            {
                var gap = other.Area.Y - cell.Area.Bottom;
                if (gap > mostGap * LineHeight || other.Area.CentreY <= cell.Area.CentreY)
                    continue;
                if (other.Area.OverlapAcross(cell.Area) > 0.3 || Math.Abs(other.Area.X - cell.Area.X) < LineHeight)
                    return other;
            }
        return null;
    }

    /// <summary>Cuts a line at tabs and at gaps of two or more spaces.</summary>
    private void Split(TranscriptLine line, List<Cell> cells)
    {
        var text = TextSteps.Fold(line.Text);
        var start = 0;
        while (start < text.Length)
        {
            while (start < text.Length && char.IsWhiteSpace(text[start])) start++;
            var end = start;
            while (end < text.Length && !(char.IsWhiteSpace(text[end]) && (text[end] == '\t' || end + 1 == text.Length || char.IsWhiteSpace(text[end + 1])))) end++;
            if (end > start)
                cells.Add(new Cell(cells.Count, line, start, line.Text[start..end], text[start..end], Pixels(line, start, end)));
            start = end + 1;
        }
    }

    private Area Pixels(TranscriptLine line, int start, int end)
    {
        var box = end - start == line.Text.Length ? line.Box : line.BoxOf(start, end - start);
        return new Area(box.X * Width, box.Y * Height, box.Width * Width, box.Height * Height);
    }
}
