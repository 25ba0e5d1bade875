using System.Runtime.InteropServices;

namespace GlmStudio.Web.Hosting;

/// <summary>The first Ctrl+C (or SIGTERM) asks a verb to end in order; the second one ends it.</summary>
internal sealed class Interrupt : IDisposable
{
    private readonly CancellationTokenSource _asked = new();
    private readonly PosixSignalRegistration[] _signals;

    public Interrupt() => _signals = [PosixSignalRegistration.Create(PosixSignal.SIGINT, Ask), PosixSignalRegistration.Create(PosixSignal.SIGTERM, Ask)];

    public CancellationToken Token => _asked.Token;

    private void Ask(PosixSignalContext context)
    {
        if (_asked.IsCancellationRequested) return;
        context.Cancel = true;
        _ = _asked.CancelAsync();
    }

    public void Dispose()
    {
        foreach (var signal in _signals) signal.Dispose();
        _asked.Dispose();
    }
}
