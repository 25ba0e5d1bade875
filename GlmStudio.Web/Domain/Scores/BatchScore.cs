namespace GlmStudio.Web.Domain.Scores;

/// <summary>A batch against a set of labels: once as the engine answered, once as it stands after corrections.</summary>
/// <param name="LabelledRows">Counted rows with at least one label.</param>
/// <param name="PendingRows">Rows not counted because they were not answered yet, or were cancelled.</param>
/// <param name="FailedRows">Rows of the batch that failed; each of their labels counts as missing.</param>
public sealed record BatchScore(int LabelledRows, int PendingRows, int FailedRows, SideScore Engine, SideScore Corrected)
{
    public bool HasLabels => LabelledRows > 0;

    public SideScore Of(ScoreSide side) => side == ScoreSide.Engine ? Engine : Corrected;
}

/// <summary>Which values are compared with the labels.</summary>
public enum ScoreSide
{
    /// <summary>What the engine answered.</summary>
    Engine,
    /// <summary>What counts now: a person's value where there is one.</summary>
    Corrected,
}

/// <param name="Fields">One for each field of the template version, in its order.</param>
/// <param name="Overall">All cells together: each labelled cell weighs the same.</param>
/// <param name="ExactRows">Rows in which every labelled cell is exact.</param>
public sealed record SideScore(IReadOnlyList<FieldScore> Fields, ScoreCounts Overall, int ExactRows);

/// <param name="Confusions">Most frequent first.</param>
public sealed record FieldScore(Field Field, ScoreCounts Counts, IReadOnlyList<Confusion> Confusions);

/// <summary>A label, what was answered instead, and how often. Texts that are equal after normalisation are one confusion, shown as first seen.</summary>
/// <param name="Label">Empty: the label says the page does not show the value.</param>
/// <param name="Answer">Empty: nothing was answered.</param>
/// <param name="Rows">The first rows it happened in.</param>
public sealed record Confusion(CellMatch Match, string Label, string Answer, int Count, IReadOnlyList<RowLink> Rows);

/// <summary>Enough of a row to name it and to go there.</summary>
public sealed record RowLink(long Id, int Ordinal, string Name);
