using GlmStudio.Web.Domain;

namespace GlmStudio.Web.Features.Datasets.Labels;

/// <summary>Which row of which sheet labels which picture: decided before anything is saved, so that a preview and an import agree.</summary>
internal sealed class LabelPlan
{
    private readonly Sheet? _sheet;
    private readonly Dictionary<long, string[]> _rowOfImage = [];

    private LabelPlan(Sheet? sheet, ImportLabelsResult result) => (_sheet, Result) = (sheet, result);

    public ImportLabelsResult Result { get; private set; }

    public static LabelPlan Make(LabelImport import, IReadOnlyList<Sheet> sheets, IReadOnlyList<NamedImage> images)
    {
        if (images.Count == 0) return Failed("The dataset has no pictures yet. Add pictures first, then their labels.");
        var matcher = new ImageMatcher(images);
        bool Matches(string text) => matcher.Find(text).Count > 0;
        if (Choose(import, sheets, Matches) is not { } sheet)
            return Failed($"There is no sheet \"{import.Sheet}\". The file has: {Listed(sheets.Select(s => s.Name))}.");
        if (Missing(import, sheet) is { } missing) return Failed(missing);
        var mapping = Complete(import, ColumnMapping.Guess(sheet, Matches, import.Fields, Actual(sheet, import.ImageColumn)), sheet);
        if (mapping.Fields.Count == 0) return Failed(NoFields(import, sheet, mapping));
        var plan = new LabelPlan(sheet, new ImportLabelsResult { Sheet = sheet.Name, Mapping = mapping, Rows = sheet.Rows.Count });
        plan.Match(matcher, images, import);
        return plan;
    }

    /// <summary>The labels to save: for each matched picture one of every mapped field.</summary>
    public IEnumerable<Label> Labels(int labelSetId)
    {
        var columns = Result.Mapping!.Fields.Select(f => (f.Key, At: _sheet!.Find(f.Value))).ToList();
        foreach (var (image, row) in _rowOfImage)
            foreach (var (key, at) in columns)
                yield return new Label { LabelSetId = labelSetId, ImageItemId = image, FieldKey = key, Value = row[at] };
    }

    private void Match(ImageMatcher matcher, IReadOnlyList<NamedImage> images, LabelImport import)
    {
        List<string> lost = [], ambiguous = [], duplicates = [];
        var at = _sheet!.Find(Result.Mapping!.ImageColumn);
        foreach (var row in _sheet.Rows)
        {
            var found = matcher.Find(row[at]);
            if (found.Count == 0) lost.Add(row[at].Length == 0 ? "(empty)" : row[at]);
            else if (found.Count > 1) ambiguous.Add($"{row[at]}: {Listed(found.Select(f => f.Path), 4)}");
            else if (!_rowOfImage.TryAdd(found[0].Id, row)) duplicates.Add(row[at]);
        }
        var used = Result.Mapping.Fields.Values.Append(Result.Mapping.ImageColumn).ToHashSet();
        Result = Result with
        {
            Matched = _rowOfImage.Count, RowsWithoutPicture = lost, Ambiguous = ambiguous, Duplicates = duplicates,
            PicturesWithoutRow = [.. images.DistinctBy(i => i.Id).Where(i => !_rowOfImage.ContainsKey(i.Id)).Select(i => i.Page == 0 ? i.Path : $"{i.Path} · {i.Page + 1}")],
            UnusedColumns = [.. _sheet.Columns.Where(c => !used.Contains(c))],
            FieldsWithoutColumn = [.. import.Fields.Select(f => f.Key).Where(k => !Result.Mapping.Fields.ContainsKey(k))],
            Problem = _rowOfImage.Count > 0 ? null
                : $"No row names a picture of the dataset: the column \"{Result.Mapping.ImageColumn}\" has {Listed(lost, 3)}; the pictures are {Listed(images.Select(i => i.Path), 3)}.",
        };
    }

    // The named sheet, else the one with most rows that name a picture.
    private static Sheet? Choose(LabelImport import, IReadOnlyList<Sheet> sheets, Func<string, bool> matches) => import.Sheet is { } name
        ? sheets.FirstOrDefault(s => s.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        : sheets.Count == 1 ? sheets[0] : sheets.MaxBy(s => s.Rows.Take(200).Count(row => row.Any(matches)));

    private static string? Missing(LabelImport import, Sheet sheet)
    {
        var wanted = import.Map.Values.Concat(import.ImageColumn is { } image ? [image] : []);
        var missing = wanted.Where(c => sheet.Find(c) < 0).ToList();
        return missing.Count == 0 ? null : $"The sheet \"{sheet.Name}\" has no column {Listed(missing)}. Its columns are: {Listed(sheet.Columns)}.";
    }

    // What was asked for goes before what was guessed.
    private static ColumnMapping Complete(LabelImport import, ColumnMapping guessed, Sheet sheet)
    {
        var asked = import.Map.ToDictionary(m => m.Key, m => Actual(sheet, m.Value)!);
        if (import.MapIsComplete) return guessed with { Fields = asked };
        var fields = new Dictionary<string, string>(guessed.Fields.Where(f => !asked.ContainsKey(f.Key) && !asked.ContainsValue(f.Value)));
        foreach (var (key, column) in asked) fields[key] = column;
        return guessed with { Fields = fields };
    }

    private static string NoFields(LabelImport import, Sheet sheet, ColumnMapping mapping) => import.Fields.Count > 0
        ? $"No column of the sheet \"{sheet.Name}\" is called like a field of the template ({Listed(import.Fields.Select(f => f.Key))}). "
            + $"Its columns are: {Listed(sheet.Columns)}. Say which is which with a mapping, key=column."
        : $"The sheet \"{sheet.Name}\" has no column beside \"{mapping.ImageColumn}\".";

    private static string? Actual(Sheet sheet, string? column) => column is null ? null : sheet.Columns[sheet.Find(column)];

    private static string Listed(IEnumerable<string> names, int most = 20)
    {
        var all = names.ToList();
        return string.Join(", ", all.Take(most).Select(n => $"\"{(n.Length > 60 ? n[..60] + "…" : n)}\"")) + (all.Count > most ? $" and {all.Count - most} more" : "");
    }

    private static LabelPlan Failed(string problem) => new(null, new ImportLabelsResult { Problem = problem });
}
