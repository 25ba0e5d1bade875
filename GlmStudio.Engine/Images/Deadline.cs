namespace GlmStudio.Engine.Images;

/// <summary>The time one decode has left, and whether its caller still wants it.</summary>
internal sealed class Deadline(TimeSpan allowed, TimeProvider clock, CancellationToken cancellation)
{
    private readonly long _start = clock.GetTimestamp();

    public bool Passed => cancellation.IsCancellationRequested || clock.GetElapsedTime(_start) > allowed;

    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    /// <exception cref="EngineException">The time is over: <see cref="EngineFault.Timeout"/>.</exception>
    public void ThrowIfPassed()
    {
        cancellation.ThrowIfCancellationRequested();
        if (Passed) throw ImageFaults.TimedOut(allowed);
    }
}
