namespace GlmStudio.Web.Hosting.BenchBatch;

/// <summary>What to measure.</summary>
/// <param name="Rows">Pictures of the batch, one row each.</param>
/// <param name="Images">Pictures of a second dataset that is then given one more.</param>
/// <param name="Concurrency">Rows answered at a time.</param>
public sealed record BatchPlan(int Rows, int Images, int Concurrency);

/// <summary>What was measured; times by the clock on the wall of a machine that may do other things besides.</summary>
public sealed record BatchFigures(BatchPlan Plan, string Database, int Cores)
{
    /// <summary>Checking all pictures and saving batch and rows.</summary>
    public double CreateSeconds { get; init; }

    /// <summary>The batch's page as HTML, before anybody clicks: the median of several.</summary>
    public double PageMs { get; init; }

    /// <summary>The first window of rows, which the page asks for next.</summary>
    public double RowsMs { get; init; }

    /// <summary>Reading an open page again while the batch is half done: batch, counts and the window of rows.</summary>
    public double RefreshMs { get; init; }

    /// <summary>The processor time of that, as a share of one core at the pace an open page keeps.</summary>
    public double RefreshShareOfCore { get; init; }

    /// <summary>All the program does for a row whose engine answers at once: claim, picture's bytes, cells, journal, save.</summary>
    public double RowMs { get; init; }

    /// <summary>The same for the first and the last tenth of the rows: whether it grows with the batch.</summary>
    public double FirstTenthRowMs { get; init; }
    public double LastTenthRowMs { get; init; }

    /// <summary>Resident memory of the process after the first tenth of the rows, in the middle and at the end.</summary>
    public IReadOnlyList<double> MemoryMib { get; init; } = [];

    /// <summary>One picture more in the large dataset, through the same door as an upload.</summary>
    public double GrowByOneMs { get; init; }
}
