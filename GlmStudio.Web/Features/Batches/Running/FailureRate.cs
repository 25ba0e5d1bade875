namespace GlmStudio.Web.Features.Batches.Running;

/// <summary>Counts the rows of one run and says when too many fail to go on. Starts anew when a person resumes the batch.
/// Each node counts its own rows: what fails on one node only, for want of memory or of a file, pauses the batch all the same.</summary>
/// <param name="mostPercent">A higher share of failed rows is too many; 100 never is.</param>
/// <param name="leastRows">Fewer rows say nothing.</param>
public sealed class FailureRate(int mostPercent, int leastRows)
{
    private readonly Lock _gate = new();
    private long _rows;
    private long _failed;

    /// <summary>Counts a row.</summary>
    /// <returns>Whether the run should stop now.</returns>
    public bool Add(bool hasFailed)
    {
        lock (_gate)
        {
            _rows++;
            if (hasFailed) _failed++;
            return hasFailed && _rows >= leastRows && _failed * 100 > _rows * mostPercent;
        }
    }
}
