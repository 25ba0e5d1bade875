namespace GlmStudio.Web.Features.Datasets.Labels;

/// <summary>One sheet of a label file, all cells as text.</summary>
/// <param name="Name">The sheet's name; the file's name for CSV.</param>
/// <param name="Columns">Column names of the first row that is not empty; unique: a second "date" is "date (2)", an empty one "column C".</param>
/// <param name="Rows">The rows below, each as long as <paramref name="Columns"/>; empty rows are left out.</param>
public sealed record Sheet(string Name, IReadOnlyList<string> Columns, IReadOnlyList<string[]> Rows)
{
    /// <summary>Position of a column by its name, upper and lower case and surrounding space aside; -1 where there is none.</summary>
    public int Find(string column)
    {
        for (var at = 0; at < Columns.Count; at++)
            if (Columns[at].Equals(column.Trim(), StringComparison.OrdinalIgnoreCase)) return at;
        return -1;
    }

    internal static Sheet Of(string name, IReadOnlyList<string[]> cells)
    {
        var filled = cells.Where(row => row.Any(cell => cell.Length > 0)).ToList();
        if (filled.Count == 0) return new Sheet(name, [], []);
        // Trailing columns without any text are formatting, not data.
        var width = filled.Max(row => Array.FindLastIndex(row, cell => cell.Length > 0) + 1);
        return new Sheet(name, Names(filled[0], width), [.. filled.Skip(1).Select(row => Fit(row, width))]);
    }

    private static List<string> Names(string[] header, int width)
    {
        var names = new List<string>(width);
        var used = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var at = 0; at < width; at++)
        {
            var name = at < header.Length && header[at].Length > 0 ? header[at] : $"column {Letters(at)}";
            for (var n = 2; !used.Add(name); n++) name = $"{(at < header.Length ? header[at] : name)} ({n})";
            names.Add(name);
        }
        return names;
    }

    private static string[] Fit(string[] row, int width)
    {
        if (row.Length == width) return row;
        var fitted = new string[width];
        Array.Fill(fitted, "");
        Array.Copy(row, fitted, Math.Min(row.Length, width));
        return fitted;
    }

    private static string Letters(int column) => column < 26 ? $"{(char)('A' + column)}" : Letters((column / 26) - 1) + (char)('A' + (column % 26));
}

/// <summary>A label file that cannot be used: what was found and what to do.</summary>
public sealed class SheetException(string message, Exception? inner = null) : Exception(message, inner);
