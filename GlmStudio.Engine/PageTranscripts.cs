using System.Collections.Concurrent;
using System.Diagnostics;
using GlmStudio.Engine.Images;
using GlmStudio.Engine.Transcription;

namespace GlmStudio.Engine;

/// <summary>The transcripts of this process: whoever asks for a page, it is read once, and only so many pages at a time. Safe for concurrent use.</summary>
/// <param name="images">Decodes the pictures, within its limits.</param>
/// <param name="reader">Reads their text; not disposed with this.</param>
/// <param name="concurrency">How many pages are read at a time, at least 1; further ones wait.</param>
public sealed class PageTranscripts(ImageReader images, PageReader reader, int concurrency = 1) : IDisposable
{
    private readonly SemaphoreSlim _places = new(concurrency, concurrency);
    private readonly ConcurrentDictionary<string, Task> _reading = [];
    private readonly TranscriptCache _cache = new(32 << 20);

    /// <summary>How many pages are read at a time.</summary>
    public int Concurrency { get; } = concurrency;

    /// <summary>The page's text, from memory where the same page was read lately.</summary>
    /// <exception cref="EngineException">The picture cannot be read, or a model file of the reader is missing.</exception>
    public async Task<Transcript> ReadAsync(ImageInput image, CancellationToken cancellation = default)
    {
        var key = TranscriptCache.KeyOf(image);
        while (true)
        {
            if (_cache.Find(key) is { } known) return known;
            var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var others = _reading.GetOrAdd(key, turn.Task);
            if (others == turn.Task) return await ReadAsync(key, image, turn, cancellation);
            // Whatever becomes of the other's reading, even its cancellation, the next look decides.
            await others.WaitAsync(cancellation);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _places.Dispose();

    private async Task<Transcript> ReadAsync(string key, ImageInput image, TaskCompletionSource turn, CancellationToken cancellation)
    {
        try
        {
            await _places.WaitAsync(cancellation);
            try
            {
                var started = Stopwatch.GetTimestamp();
                var read = await Task.Run(() => reader.Read(images.Read(image.Bytes, image.Page, cancellation), cancellation), cancellation);
                EngineMeters.Transcript.Record(Stopwatch.GetElapsedTime(started).TotalSeconds);
                _cache.Add(key, read);
                return read;
            }
            finally
            {
                _places.Release();
            }
        }
        finally
        {
            _reading.TryRemove(key, out _);
            turn.SetResult();
        }
    }
}
