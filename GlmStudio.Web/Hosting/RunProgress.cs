using System.Globalization;
using GlmStudio.Web.Features.Batches;

namespace GlmStudio.Web.Hosting;

/// <summary>Says on standard error how far a run is: one line that changes on a terminal, a plain line now and then in a log.</summary>
internal sealed class RunProgress(TextWriter error, bool isTerminal)
{
    private const int StepsInALog = 20;
    private readonly Lock _lock = new();
    private int _lastStep = -1;
    private int _width;

    public void Say(string line)
    {
        lock (_lock)
        {
            Clear();
            error.WriteLine(line);
        }
    }

    public void Show(string what, int done, int total, string rest = "")
    {
        lock (_lock)
        {
            var line = string.Create(CultureInfo.InvariantCulture, $"{what} {done}/{total}{rest}");
            if (isTerminal)
            {
                error.Write("\r" + line.PadRight(_width));
                _width = line.Length;
                return;
            }
            var step = total == 0 ? 0 : done * StepsInALog / total;
            if (step == _lastStep) return;
            _lastStep = step;
            error.WriteLine(line);
        }
    }

    public void Show(BatchSummary batch) => Show("answered", batch.Answered + batch.Failed, batch.Rows, string.Create(CultureInfo.InvariantCulture,
        $"{(batch.Failed > 0 ? $" · {batch.Failed} failed" : "")}{(batch.SecondsAnImage is { } s ? $" · {s:0.0} s an image" : "")}{(batch.SecondsLeft is > 0 and { } left ? $" · about {left:0} s left" : "")}"));

    /// <summary>The next part of the run starts.</summary>
    public void Next()
    {
        lock (_lock)
        {
            Clear();
            _lastStep = -1;
        }
    }

    private void Clear()
    {
        if (_width > 0) error.Write("\r" + new string(' ', _width) + "\r");
        _width = 0;
    }
}
