using System.Collections.Concurrent;
using GlmStudio.Engine;
using GlmStudio.Engine.Model;
using GlmStudio.Engine.Scheduling;
using GlmStudio.Engine.Sessions;

namespace GlmStudio.Tests.Engine;

/// <summary>Pictures before the tower. A picture's bytes are its patch count and its number; the fake tower answers with the number and holds its first run until told.</summary>
public sealed class VisionLoopTests : IDisposable
{
    private readonly ConcurrentQueue<float[]> _runs = new();
    private readonly ConcurrentQueue<string> _reports = new();
    private readonly ManualResetEventSlim _first = new();
    private int _decoded;
    private Func<float[], Exception?> _fault = _ => null;

    public void Dispose() => _first.Dispose();

    [Fact]
    public async Task Encode_PicturesWaitingTogether_ShareOneRun()
    {
        await using var loop = Loop(budget: 1000);
        var all = await StartAsync(loop, (10, 1), (10, 2), (20, 3), (10, 4));
        _first.Set();
        Assert.Equal([1, 2, 3, 4], (await Task.WhenAll(all)).Select(f => f.Values[0]));
        Assert.Equal([[1], [2, 4], [3]], _runs);
    }

    [Fact]
    public async Task Encode_SamePictureTwiceAtOnce_IsDecodedAndEncodedOnce()
    {
        await using var loop = Loop(budget: 1000);
        var all = await StartAsync(loop, (10, 1), (10, 2));
        var again = loop.EncodeAsync(Picture(10, 2), TestContext.Current.CancellationToken);
        _first.Set();
        Assert.Same(await all[1], await again);
        Assert.Equal((2, 2), (_decoded, _runs.Count));
    }

    [Fact]
    public async Task Encode_AskerLeaves_PictureIsNotEncodedUnlessAnotherWaits()
    {
        await using var loop = Loop(budget: 1000);
        using var leave = new CancellationTokenSource();
        var first = (await StartAsync(loop, (10, 1)))[0];
        var (gone, shared) = (Ask(loop, 10, 2, leave.Token), Ask(loop, 10, 3, leave.Token));
        var stays = Ask(loop, 10, 3);
        await UntilAsync(() => loop.Waiting == 2);

        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => shared);
        _first.Set();
        await first;

        Assert.Equal(3, (await stays).Values[0]);
        Assert.Equal([[1], [3]], _runs);
    }

    [Fact]
    public async Task Encode_FaultOfAGroup_FailsItsOwnPicturesOnly()
    {
        _fault = group => group.Contains(2) ? new InvalidOperationException("broken") : null;
        await using var loop = Loop(budget: 1000);
        var all = await StartAsync(loop, (10, 1), (10, 2), (10, 4), (20, 3));
        _first.Set();
        await Assert.ThrowsAsync<InvalidOperationException>(() => all[1]);
        await Assert.ThrowsAsync<InvalidOperationException>(() => all[2]);
        Assert.Equal((1, 3), ((await all[0]).Values[0], (await all[3]).Values[0]));
    }

    [Fact]
    public async Task Encode_NoMemoryForAGroup_IsEncodedInSmallerOnesAndReported()
    {
        _fault = group => group.Length > 2 ? new InvalidOperationException("Failed to allocate memory for requested buffer of size 3145728") : null;
        await using var loop = Loop(budget: 1000);
        var all = await StartAsync(loop, (10, 1), (10, 2), (10, 3), (10, 4), (10, 5));
        _first.Set();
        Assert.Equal([1, 2, 3, 4, 5], (await Task.WhenAll(all)).Select(f => f.Values[0]));
        Assert.Equal([[1], [2, 3, 4, 5], [2, 3], [4, 5]], _runs);
        Assert.Contains("3 MiB more were needed", Assert.Single(_reports), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Encode_NoMemoryForOnePicture_IsRefusedWithWhatWasMissing()
    {
        _fault = _ => new InvalidOperationException("Failed to allocate memory for requested buffer of size 3145728");
        await using var loop = Loop(budget: 1000);
        _first.Set();
        var fault = await Assert.ThrowsAsync<EngineException>(() => Ask(loop, 10, 1));
        Assert.Equal(EngineFault.OutOfMemory, fault.Fault);
        Assert.Contains("3 MiB", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Encode_MorePicturesThanAreDecodedAhead_AllAreAnswered()
    {
        await using var loop = Loop(budget: 1);
        var all = Enumerable.Range(1, 40).Select(i => Ask(loop, 10, i)).ToList();
        await UntilAsync(() => loop.Waiting == 15);
        Assert.Equal(16, _decoded);
        _first.Set();
        Assert.Equal(Enumerable.Range(1, 40).Select(i => (float)i), (await Task.WhenAll(all)).Select(f => f.Values[0]));
    }

    [Fact]
    public async Task Dispose_PictureStillWaiting_IsToldSo()
    {
        var loop = Loop(budget: 1);
        var all = await StartAsync(loop, (10, 1), (10, 2));
        var closing = loop.DisposeAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => all[1]);
        _first.Set();
        await closing;
    }

    private VisionLoop Loop(int budget) =>
        new(new PictureQueue<VisionLoop.Picture>(budget), new FeatureCache<ImageFeatures>(1 << 20, f => f.Values.Length), Decode, Encode, _reports.Enqueue);

    // The first is in the tower, the others are decoded and wait in the order given.
    private async Task<List<Task<ImageFeatures>>> StartAsync(VisionLoop loop, params (byte Patches, byte Number)[] pictures)
    {
        var all = new List<Task<ImageFeatures>>();
        foreach (var (patches, number) in pictures)
        {
            all.Add(Ask(loop, patches, number));
            await UntilAsync(() => _runs.Count == 1 && loop.Waiting == all.Count - 1);
        }
        return all;
    }

    // Each on a thread of its own, as requests come.
    private static Task<ImageFeatures> Ask(VisionLoop loop, int patches, int number, CancellationToken? cancellation = null)
    {
        var token = cancellation ?? TestContext.Current.CancellationToken;
        return Task.Run(() => loop.EncodeAsync(Picture(patches, number), token), token);
    }

    private static ImageInput Picture(int patches, int number) => new(new[] { (byte)patches, (byte)number });

    private PatchPixels Decode(ImageInput image, CancellationToken cancellation)
    {
        Interlocked.Increment(ref _decoded);
        return new PatchPixels([image.Bytes.Span[1]], new PatchGrid(1, image.Bytes.Span[0]));
    }

    private IReadOnlyList<ImageFeatures> Encode(IReadOnlyList<PatchPixels> group)
    {
        float[] numbers = [.. group.Select(p => (float)p.Bytes[0])];
        _runs.Enqueue(numbers);
        _first.Wait(TestContext.Current.CancellationToken);
        return _fault(numbers) is { } fault ? throw fault : [.. group.Select(p => new ImageFeatures([p.Bytes[0]], new FeatureGrid(1, 1)))];
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
