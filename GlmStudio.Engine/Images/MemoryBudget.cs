namespace GlmStudio.Engine.Images;

/// <summary>A bound on the memory of concurrent decodes. Who asks for more than all of it runs alone.</summary>
internal sealed class MemoryBudget(long bytes) : IDisposable
{
    private const long Unit = 4 << 20;
    private readonly int _units = (int)Math.Max(1, bytes / Unit);
    private readonly SemaphoreSlim _free = new((int)Math.Max(1, bytes / Unit));

    // One collects at a time: no two wait for each other's half, and a large one is not starved.
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Waits for memory; dispose the lease to give it back.</summary>
    public Lease Take(long wanted, CancellationToken cancellation)
    {
        var units = (int)Math.Clamp((wanted + Unit - 1) / Unit, 1, _units);
        _turn.Wait(cancellation);
        var held = 0;
        try
        {
            for (; held < units; held++) _free.Wait(cancellation);
            return new Lease(_free, units);
        }
        catch (OperationCanceledException) when (held > 0)
        {
            _free.Release(held);
            throw;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose()
    {
        _free.Dispose();
        _turn.Dispose();
    }

    public readonly struct Lease(SemaphoreSlim free, int units) : IDisposable
    {
        public void Dispose() => free.Release(units);
    }
}
