using System.Buffers.Binary;
using GlmStudio.Web.Data;
using GlmStudio.Web.Domain;
using Microsoft.EntityFrameworkCore;

namespace GlmStudio.Web.Hosting.BenchBatch;

/// <summary>Datasets of any size within seconds: pictures of two pixels, each of other bytes, measured already.</summary>
internal sealed class MadePictures(IDbContextFactory<StudioDbContext> databases, ImageStore store, TimeProvider time)
{
    private const int AtATime = 5000;
    private const int HeaderBytes = 54;

    /// <summary>A BMP of two pixels (BITMAPINFOHEADER, 24 bits), whose colours are the number.</summary>
    public static byte[] Bmp(int number)
    {
        var bytes = new byte[HeaderBytes + 8];
        (bytes[0], bytes[1]) = ((byte)'B', (byte)'M');
        var ints = (int at, int value) => BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at), value);
        ints(2, bytes.Length);
        ints(10, HeaderBytes);
        ints(14, 40);
        ints(18, 2);
        ints(22, 1);
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(26), 1);
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(28), 24);
        ints(34, 8);
        ints(HeaderBytes, number);
        return bytes;
    }

    /// <summary>Makes a dataset; with files in the store where they will be asked about.</summary>
    public async Task<int> AddAsync(string name, int count, bool withFiles, IProgress<int> progress, CancellationToken cancellation)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var dataset = new Dataset { Name = name, CreatedAt = now };
        await using (var db = databases.CreateDbContext())
        {
            db.Datasets.Add(dataset);
            await db.SaveChangesAsync(cancellation);
        }
        foreach (var numbers in Enumerable.Range(0, count).Chunk(AtATime))
        {
            var hashes = new string[numbers.Length];
            if (withFiles) await Parallel.ForAsync(0, numbers.Length, cancellation, async (i, stop) => hashes[i] = await StoreAsync(numbers[i], stop));
            else for (var i = 0; i < hashes.Length; i++) hashes[i] = numbers[i].ToString("x64", System.Globalization.CultureInfo.InvariantCulture);
            await using var db = databases.CreateDbContext();
            db.ChangeTracker.AutoDetectChangesEnabled = false;
            db.Images.AddRange(numbers.Select((n, i) => new ImageItem
            {
                DatasetId = dataset.Id, Ordinal = n, Path = $"{n / 1000:0000}/{n:0000000}.bmp", ContentHash = hashes[i], ByteCount = HeaderBytes + 8, Width = 2, Height = 1,
                Quality = new ImageQuality(), AddedAt = now,
            }));
            await db.SaveChangesAsync(cancellation);
            progress.Report(numbers[^1] + 1);
        }
        return dataset.Id;
    }

    private async Task<string> StoreAsync(int number, CancellationToken cancellation)
    {
        using var bytes = new MemoryStream(Bmp(number));
        return (await store.AddAsync(bytes, bytes.Length, cancellation)).Hash;
    }
}
