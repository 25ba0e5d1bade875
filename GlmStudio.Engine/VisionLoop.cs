using System.Diagnostics;
using GlmStudio.Engine.Images;
using GlmStudio.Engine.Model;
using GlmStudio.Engine.Scheduling;
using GlmStudio.Engine.Sessions;

namespace GlmStudio.Engine;

/// <summary>Pictures on their way to features: decoded beside each other, encoded a group at a time. A picture that is asked for again while it is on its way is not
/// encoded twice, and one for which nobody waits any more leaves.</summary>
/// <param name="queue">Who goes together.</param>
/// <param name="features">Features of earlier pictures.</param>
/// <param name="decode">Bytes → patches.</param>
/// <param name="encode">Patches of one group → the features of each.</param>
/// <param name="report">Told, in a sentence, when there was no memory for a group.</param>
internal sealed class VisionLoop(PictureQueue<VisionLoop.Picture> queue, FeatureCache<ImageFeatures> features, Func<ImageInput, CancellationToken, PatchPixels> decode,
    Func<IReadOnlyList<PatchPixels>, IReadOnlyList<ImageFeatures>> encode, Action<string> report) : IAsyncDisposable
{
    // Patches of a large picture are 14 MB, the picture they were cut from as much again: a request with many pictures is not cut into patches all at once.
    private const int MostDecoded = 16;

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _places = new(MostDecoded);
    private readonly Dictionary<string, Picture> _onTheWay = [];
    private bool _isEncoding;
    private TaskCompletionSource _idle = new();
    private bool _isClosed;

    /// <summary>Pictures that are decoded and wait for the tower.</summary>
    internal int Waiting
    {
        get
        {
            lock (_gate) return queue.Waiting;
        }
    }

    /// <summary>Whether there was no memory for as many pictures at once as there should be.</summary>
    public bool IsShrunk
    {
        get
        {
            lock (_gate) return queue.IsShrunk;
        }
    }

    /// <summary>The features of a picture.</summary>
    /// <exception cref="EngineException">It is no picture, too large, or there is no memory even for it alone.</exception>
    public async Task<ImageFeatures> EncodeAsync(ImageInput image, CancellationToken cancellation)
    {
        var key = FeatureCache<ImageFeatures>.Key(image);
        Picture? picture;
        var isFirst = false;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            if (!_onTheWay.TryGetValue(key, out picture))
            {
                if (features.Find(key) is { } known) return known;
                _onTheWay[key] = picture = new Picture(key);
                isFirst = true;
            }
            picture.Askers++;
        }
        var hasLeft = 0;
        await using var leaving = cancellation.Register(LeaveOnce);
        try
        {
            // On the asker's own thread as far as nothing is waited for: on a busy machine every hand-over to another one waits for its turn.
            if (isFirst) _ = DecodeAsync(picture, image);
            return await picture.Answer.Task.WaitAsync(cancellation);
        }
        finally
        {
            LeaveOnce();
        }

        void LeaveOnce()
        {
            if (Interlocked.Exchange(ref hasLeft, 1) == 0) Leave(picture);
        }
    }

    public async ValueTask DisposeAsync()
    {
        List<Picture> left;
        Task idle;
        lock (_gate)
        {
            _isClosed = true;
            queue.Clear();
            left = [.. _onTheWay.Values];
            _onTheWay.Clear();
            idle = _isEncoding ? _idle.Task : Task.CompletedTask;
        }
        foreach (var picture in left) picture.Answer.TrySetException(new OperationCanceledException("The engine was unloaded."));
        await idle;
        _places.Dispose();
    }

    private void Leave(Picture picture)
    {
        lock (_gate)
        {
            if (--picture.Askers > 0 || picture.Answer.Task.IsCompleted) return;
            picture.IsCancelled = true;
            Forget(picture);
            picture.Decoding?.Cancel();
        }
    }

    private async Task DecodeAsync(Picture picture, ImageInput image)
    {
        using var stop = new CancellationTokenSource();
        lock (_gate)
        {
            if (picture.IsCancelled) return;
            picture.Decoding = stop;
        }
        try
        {
            await _places.WaitAsync(stop.Token);
            picture.HasPlace = true;
            var started = Stopwatch.GetTimestamp();
            picture.Pixels = decode(image, stop.Token);
            EngineMeters.Picture.Record(Stopwatch.GetElapsedTime(started).TotalSeconds);
        }
        catch (Exception fault)
        {
            Fail(picture, fault);
        }
        lock (_gate)
        {
            picture.Decoding = null;
            if (picture.Pixels is null || picture.IsCancelled || _isClosed)
            {
                Forget(picture);
                return;
            }
            queue.Add(picture);
            if (_isEncoding) return;
            (_isEncoding, _idle) = (true, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }
        if (!EncodeNext()) return;
        lock (_gate)
        {
            if (queue.Waiting == 0)
            {
                Rest();
                return;
            }
        }
        // Those that came meanwhile are not this asker's business, and the pool's few threads are for those who ask.
        _ = Task.Factory.StartNew(EncodeAll, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    private void EncodeAll()
    {
        while (EncodeNext())
        {
        }
    }

    // False where nothing waits any more.
    private bool EncodeNext()
    {
        IReadOnlyList<Picture> group;
        lock (_gate)
        {
            group = queue.Next();
            if (group.Count == 0)
            {
                Rest();
                return false;
            }
        }
        Encode(group);
        return true;
    }

    private void Rest()
    {
        _isEncoding = false;
        _idle.TrySetResult();
    }

    // A group that fails takes no other with it.
    private void Encode(IReadOnlyList<Picture> group)
    {
        try
        {
            var started = Stopwatch.GetTimestamp();
            var results = encode([.. group.Select(p => p.Pixels!)]);
            var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds / group.Count;
            lock (_gate) queue.Calm();
            foreach (var (picture, result) in group.Zip(results))
            {
                EngineMeters.Vision.Record(seconds);
                lock (_gate)
                {
                    features.Add(picture.Key, result);
                    Forget(picture);
                }
                PixelMemory.Shared.Return(picture.Pixels!.Bytes);
                picture.Pixels = null;
                picture.Answer.TrySetResult(result);
            }
        }
        catch (Exception fault) when (MemoryShortage.Of(fault) is { } shortage && group.Count > 1)
        {
            lock (_gate) queue.Halve(group);
            EngineMeters.Shortages.Add(1);
            report($"There was no memory for {group.Count} pictures at once ({shortage.Missing}); fewer go together now.");
        }
        catch (Exception fault)
        {
            var told = MemoryShortage.Of(fault) is { } shortage
                ? new EngineException(EngineFault.OutOfMemory, $"There is no memory to encode this picture of {group[0].Patches:N0} patches: {shortage.Missing}. Send a smaller one, or leave the device more room.", fault)
                : fault;
            foreach (var picture in group) Fail(picture, told);
        }
    }

    private void Fail(Picture picture, Exception fault)
    {
        lock (_gate) Forget(picture);
        picture.Answer.TrySetException(fault);
    }

    // Its place may be another's by now: of one who asked after all had left.
    private void Forget(Picture picture)
    {
        if (_onTheWay.GetValueOrDefault(picture.Key) == picture) _onTheWay.Remove(picture.Key);
        if (picture.HasPlace && !_isClosed) _places.Release();
        picture.HasPlace = false;
    }

    /// <summary>One picture, whoever waits for it.</summary>
    internal sealed class Picture(string key) : WaitingPicture
    {
        public string Key { get; } = key;

        /// <summary>Requests that wait for it.</summary>
        public int Askers { get; set; }

        /// <summary>Stops its decoding.</summary>
        public CancellationTokenSource? Decoding { get; set; }

        /// <summary>Whether it is one of the <see cref="MostDecoded"/>.</summary>
        public bool HasPlace { get; set; }

        public PatchPixels? Pixels { get; set; }

        public override int Patches => Pixels!.Grid.Count;

        public TaskCompletionSource<ImageFeatures> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
