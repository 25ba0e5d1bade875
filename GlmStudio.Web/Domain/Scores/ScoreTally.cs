using GlmStudio.Engine.Values;

namespace GlmStudio.Web.Domain.Scores;

/// <summary>Adds up rows one by one, so that a batch of any size needs no more memory than its figures and confusions.</summary>
public sealed class ScoreTally(IReadOnlyList<Field> fields)
{
    private readonly SideTally _engine = new(fields, ScoreSide.Engine);
    private readonly SideTally _corrected = new(fields, ScoreSide.Corrected);
    private int _labelled;
    private int _pending;
    private int _failed;

    public void Add(ScoredRow row)
    {
        if (row.Facts.Status == RowStatus.Failed) _failed++;
        if (!row.Counts) _pending++;
        else if (row.Cells.Any(c => c.Label is not null)) Count(row);
    }

    public BatchScore Result() => new(_labelled, _pending, _failed, _engine.Result(), _corrected.Result());

    private void Count(ScoredRow row)
    {
        _labelled++;
        _engine.Add(row);
        _corrected.Add(row);
    }

    private sealed class SideTally(IReadOnlyList<Field> fields, ScoreSide side)
    {
        private readonly FieldTally[] _fields = [.. fields.Select(f => new FieldTally(f))];
        private int _exactRows;

        public void Add(ScoredRow row)
        {
            var faults = 0;
            for (var i = 0; i < _fields.Length; i++)
            {
                var cell = row.Cells[i];
                _fields[i].Add(cell.Score(side), cell.Label, cell.Text(side), row.Link);
                if (cell.Score(side).IsFault) faults++;
            }
            if (faults == 0) _exactRows++;
        }

        public SideScore Result()
        {
            var overall = new CountTally();
            foreach (var field in _fields) overall.Add(field.Counts);
            return new SideScore([.. _fields.Select(f => f.Result())], overall.Result(), _exactRows);
        }
    }

    private sealed class FieldTally(Field field)
    {
        /// <summary>Distinct confusions kept of one field; rarer ones that come later are counted but not listed.</summary>
        private const int MaxConfusions = 2_000;
        private const int ListedConfusions = 50;

        private readonly Dictionary<(string Label, string Answer), ConfusionTally> _confusions = [];

        public CountTally Counts { get; } = new();

        public void Add(CellScore score, string? label, string? answer, RowLink row)
        {
            Counts.Add(score);
            if (!score.IsFault) return;
            var key = (Cut(Normaliser.Normalise(field.Type, label)), Cut(Normaliser.Normalise(field.Type, answer)));
            if (_confusions.TryGetValue(key, out var known)) known.Add(row);
            else if (_confusions.Count < MaxConfusions) _confusions[key] = new ConfusionTally(score.Match, Cut(label), Cut(answer), row);
        }

        public FieldScore Result() => new(field, Counts.Result(),
            [.. _confusions.Values.Select(c => c.Result()).OrderByDescending(c => c.Count).ThenBy(c => c.Rows[0].Ordinal).Take(ListedConfusions)]);

        private static string Cut(string? text) => text switch
        {
            null => "",
            { Length: <= 200 } => text,
            // A pair of surrogates is one character: the cut never falls inside it.
            _ => string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[199]) ? 199 : 200), "…"),
        };
    }

    private sealed class ConfusionTally(CellMatch match, string label, string answer, RowLink first)
    {
        private const int ListedRows = 20;
        private readonly List<RowLink> _rows = [first];
        private int _count = 1;

        public void Add(RowLink row)
        {
            _count++;
            if (_rows.Count < ListedRows) _rows.Add(row);
        }

        public Confusion Result() => new(match, label, answer, _count, _rows);
    }

    private sealed class CountTally
    {
        private readonly int[] _matches = new int[Enum.GetValues<CellMatch>().Length];
        private double _similarity;

        private int this[CellMatch match] => _matches[(int)match];

        public void Add(CellScore score)
        {
            _matches[(int)score.Match]++;
            _similarity += score.Similarity;
        }

        public void Add(CountTally other)
        {
            for (var i = 0; i < _matches.Length; i++) _matches[i] += other._matches[i];
            _similarity += other._similarity;
        }

        public ScoreCounts Result()
        {
            var cells = this[CellMatch.Exact] + this[CellMatch.Wrong] + this[CellMatch.Missing] + this[CellMatch.Extra];
            return new ScoreCounts(cells, this[CellMatch.Exact], this[CellMatch.Wrong], this[CellMatch.Missing], this[CellMatch.Extra],
                cells == 0 ? null : _similarity / cells);
        }
    }
}
