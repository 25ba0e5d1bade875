namespace GlmStudio.Engine.Text;

/// <summary>Lets text through until a stop string appears. Text that could be the beginning of one waits.</summary>
internal sealed class StopStrings(IReadOnlyList<string> stops)
{
    private string _held = "";

    /// <summary>True once a stop string was found; nothing passes afterwards.</summary>
    public bool IsStopped { get; private set; }

    /// <summary>Takes new text and returns what may be shown.</summary>
    public string Push(string text)
    {
        if (IsStopped) return "";
        if (stops.Count == 0) return text;
        _held += text;
        var found = stops.Select(s => _held.IndexOf(s, StringComparison.Ordinal)).Where(at => at >= 0).DefaultIfEmpty(-1).Min();
        if (found >= 0) IsStopped = true;
        var pass = found >= 0 ? found : _held.Length - stops.Max(s => Overlap(_held, s));
        var shown = _held[..pass];
        _held = _held[pass..];
        return shown;
    }

    /// <summary>What waited, once no more text comes.</summary>
    public string Flush()
    {
        var rest = IsStopped ? "" : _held;
        _held = "";
        return rest;
    }

    // Length of the longest end of the text that begins the stop string.
    private static int Overlap(string text, string stop)
    {
        for (var length = Math.Min(text.Length, stop.Length - 1); length > 0; length--)
            if (text.AsSpan(text.Length - length).SequenceEqual(stop.AsSpan(0, length))) return length;
        return 0;
    }
}
