namespace GlmStudio.Web.Features.Datasets.Uploads;

/// <summary>
/// One at a time through here: who adds pictures to the database and who removes bytes from the store. So ordinals have no holes or
/// collisions, and bytes are never removed between being stored and being referred to.
/// </summary>
public sealed class StoreGate : IDisposable
{
    private readonly SemaphoreSlim _one = new(1);

    /// <summary>Waits for the turn; dispose to leave.</summary>
    public async Task<IDisposable> EnterAsync(CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation);
        return new Turn(_one);
    }

    public void Dispose() => _one.Dispose();

    private sealed class Turn(SemaphoreSlim one) : IDisposable
    {
        private SemaphoreSlim? _one = one;

        public void Dispose() => Interlocked.Exchange(ref _one, null)?.Release();
    }
}
