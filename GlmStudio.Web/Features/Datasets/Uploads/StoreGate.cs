using GlmStudio.Web.Data.Cluster;

namespace GlmStudio.Web.Features.Datasets.Uploads;

/// <summary>
/// One at a time through here, of all nodes: who adds pictures to the database and who removes bytes from the store. So ordinals have no holes or
/// collisions, and bytes are never removed between being stored and being referred to.
/// </summary>
public sealed class StoreGate(Turns turns) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1);

    /// <summary>Waits for the turn; dispose to leave.</summary>
    public async Task<IAsyncDisposable> EnterAsync(CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation);
        try
        {
            return new Passage(_one, await turns.EnterAsync(Turn.PictureStore, cancellation));
        }
        catch
        {
            _one.Release();
            throw;
        }
    }

    public void Dispose() => _one.Dispose();

    private sealed class Passage(SemaphoreSlim one, IAsyncDisposable amongNodes) : IAsyncDisposable
    {
        private SemaphoreSlim? _one = one;

        public async ValueTask DisposeAsync()
        {
            if (Interlocked.Exchange(ref _one, null) is not { } mine) return;
            await amongNodes.DisposeAsync();
            mine.Release();
        }
    }
}
