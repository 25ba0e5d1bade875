using System.Text;

namespace GlmStudio.Web.Features.Datasets.Labels;

/// <summary>Which column names the picture, and which column holds which field's values.</summary>
/// <param name="ImageColumn">Column with paths or file names.</param>
/// <param name="Fields">Field key → column.</param>
public sealed record ColumnMapping(string ImageColumn, IReadOnlyDictionary<string, string> Fields)
{
    private const int MaxKeyLength = 64;

    // What people call the column that names the picture, most telling first.
    private static readonly string[] ImageNames =
        ["image", "imagefile", "imagename", "imagepath", "filename", "filepath", "file", "path", "picture", "photo", "图片", "图片名", "图片名称", "图像", "文件名", "文件", "文件名称", "路径", "照片"];

    /// <summary>A likely mapping for a sheet.</summary>
    /// <param name="sheet">The sheet.</param>
    /// <param name="matches">Says whether a text names a picture of the dataset.</param>
    /// <param name="fields">The template's fields as (key, label); empty makes every other column a field.</param>
    /// <param name="imageColumn">Already chosen, or null to guess.</param>
    public static ColumnMapping Guess(Sheet sheet, Func<string, bool> matches, IReadOnlyList<(string Key, string Label)> fields, string? imageColumn = null)
    {
        var image = imageColumn ?? GuessImageColumn(sheet, matches);
        var others = sheet.Columns.Where(c => c != image).ToList();
        return new ColumnMapping(image, fields.Count == 0 ? KeysOf(others) : Fit(fields, others));
    }

    /// <summary>A field key made of a column's name: letters, digits, <c>_</c> and <c>-</c>.</summary>
    public static string KeyOf(string column)
    {
        var key = new StringBuilder();
        foreach (var c in column.Trim().Normalize(NormalizationForm.FormKC).ToLowerInvariant())
            if (char.IsLetterOrDigit(c) || c is '-') key.Append(c);
            else if (key.Length > 0 && key[^1] != '_') key.Append('_');
        var text = key.ToString().Trim('_');
        return text.Length == 0 ? "field" : text.Length <= MaxKeyLength ? text : text[..MaxKeyLength];
    }

    // The column whose values name most pictures; its name only decides between equals. A column "file" of other files must not win.
    private static string GuessImageColumn(Sheet sheet, Func<string, bool> matches)
    {
        var sample = sheet.Rows.Take(200).ToList();
        var hits = sheet.Columns.Select((name, at) => (name, Hits: sample.Count(row => row[at].Length > 0 && matches(row[at])), Rank: NameRank(name))).ToList();
        return hits.OrderByDescending(h => h.Hits).ThenBy(h => h.Rank).First().name;
    }

    private static int NameRank(string column) => Array.IndexOf(ImageNames, Plain(column)) is >= 0 and var at ? at : int.MaxValue;

    private static Dictionary<string, string> KeysOf(IEnumerable<string> columns)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var column in columns)
        {
            var key = KeyOf(column);
            for (var n = 2; fields.ContainsKey(key); n++) key = $"{KeyOf(column)}_{n}";
            fields[key] = column;
        }
        return fields;
    }

    private static Dictionary<string, string> Fit(IReadOnlyList<(string Key, string Label)> fields, IReadOnlyList<string> columns)
    {
        var fitted = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, label) in fields)
        {
            var column = columns.FirstOrDefault(c => c == key) ?? columns.FirstOrDefault(c => Plain(c) == Plain(key)) ?? columns.FirstOrDefault(c => Plain(c) == Plain(label));
            if (column is not null) fitted[key] = column;
        }
        return fitted;
    }

    private static string Plain(string name) =>
        string.Concat(name.Normalize(NormalizationForm.FormKC).Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
