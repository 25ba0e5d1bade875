using GlmStudio.Engine.Images;
using GlmStudio.Engine.Sessions;

namespace GlmStudio.Engine.Transcription;

/// <summary>The built-in reader of printed Chinese and English text (PP-OCRv4). Safe for concurrent use.</summary>
/// <param name="modelFolder">Holds the three ONNX models and the key file; see <see cref="DefaultModelFolder"/>.</param>
/// <param name="threads">Threads a step may use; 0 takes all cores.</param>
public sealed class PageReader(string modelFolder, int threads = 0) : IDisposable
{
    /// <summary>Pages with more lines than this keep their surest ones.</summary>
    public const int MaxLines = 1000;

    private const double WorkingPixels = 12e6;
    private const double LeastScore = 0.5;
    private const double DoubtfulScore = 0.75;
    private const int Voters = 12;
    private const int MostRetries = 24;

    private readonly Lazy<Networks> _networks = new(() => Networks.Load(modelFolder, threads > 0 ? threads : Environment.ProcessorCount));

    /// <summary>Where the build puts the models: <c>ocr/</c> beside the program.</summary>
    public static string DefaultModelFolder => Path.Combine(AppContext.BaseDirectory, "ocr");

    /// <summary>Reads a page, whichever way it is turned. Boxes are on the page as given.</summary>
    /// <param name="page">Any size.</param>
    /// <param name="cancellation">Looked at between and within steps.</param>
    /// <returns>The lines in reading order; none for a page without text.</returns>
    /// <exception cref="EngineException"><see cref="EngineFault.BadCheckpoint"/>: a model file is missing or unusable.</exception>
    public Transcript Read(RgbImage page, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        var networks = _networks.Value;
        var factor = Math.Max(1, (int)Math.Ceiling(Math.Sqrt((double)page.Width * page.Height / WorkingPixels)));
        var upright = Upright(PagePixels.Shrink(page, factor), networks, cancellation);
        var lines = ReadLines(upright, networks, cancellation);
        return new Transcript(page.Width, page.Height, Arrange(upright, lines));
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (_networks.IsValueCreated) _networks.Value.Dispose();
    }

    /// <summary>A page with its lines from left to right, and how it was turned to be so.</summary>
    private sealed record UprightPage(RgbImage Image, int Quarters, List<TextRegion> Regions);

    private static UprightPage Upright(RgbImage page, Networks networks, CancellationToken cancellation)
    {
        var quarters = 0;
        var regions = networks.Detector.Detect(page, MaxLines, cancellation);
        if (MostlyTall(regions))
        {
            (page, quarters) = (PagePixels.Turn(page, 1), 1);
            regions = networks.Detector.Detect(page, MaxLines, cancellation);
        }
        if (!OnItsHead(page, regions, networks, cancellation)) return new UprightPage(page, quarters, regions);
        var turned = regions.ConvertAll(r => r with { X = page.Width - r.X, Y = page.Height - r.Y });
        return new UprightPage(PagePixels.Turn(page, 2), quarters + 2, turned);
    }

    private static bool MostlyTall(List<TextRegion> regions) =>
        regions.Where(r => r.IsTall).Sum(r => r.Height) > regions.Where(r => !r.IsTall).Sum(r => r.Length);

    /// <summary>The direction network's vote over lines long enough to show it; a close vote is settled by reading both ways.</summary>
    private static bool OnItsHead(RgbImage page, List<TextRegion> regions, Networks networks, CancellationToken cancellation)
    {
        var voters = regions.Where(r => r.Length > 2 * r.Height).OrderByDescending(r => Math.Min(r.Length, 8 * r.Height)).Take(Voters).ToList();
        if (voters.Count == 0) return false;
        var share = networks.Direction.UpsideDown(page, voters, cancellation).Average();
        if (share is < 0.25 or > 0.85) return share > 0.5;
        var few = voters.Take(4).ToList();
        var asIs = networks.Recognizer.Read(page, few, cancellation).Sum(l => l.Score);
        return networks.Recognizer.Read(page, few.ConvertAll(r => r.Reversed), cancellation).Sum(l => l.Score) > asIs;
    }

    private static List<ReadLine> ReadLines(UprightPage page, Networks networks, CancellationToken cancellation)
    {
        var directions = page.Regions.ConvertAll(Directions);
        var lines = networks.Recognizer.Read(page.Image, directions.ConvertAll(d => d[0]), cancellation);
        for (var attempt = 1; attempt < 3; attempt++)
        {
            var doubtful = Enumerable.Range(0, lines.Length)
                .Where(i => lines[i].Score < DoubtfulScore && directions[i].Length > attempt)
                .Take(MostRetries).ToList();
            var again = networks.Recognizer.Read(page.Image, doubtful.ConvertAll(i => directions[i][attempt]), cancellation);
            for (var i = 0; i < doubtful.Count; i++)
                if (again[i].Score > lines[doubtful[i]].Score) lines[doubtful[i]] = again[i];
        }
        return [.. lines.Where(l => l.Score >= LeastScore)];
    }

    /// <summary>How a line of an upright page may run, the likeliest first.</summary>
    private static TextRegion[] Directions(TextRegion region) =>
        region.Height > 2 * region.Length ? [region.Quartered, region.Quartered.Reversed, region] : [region, region.Reversed];

    private static List<TranscriptLine> Arrange(UprightPage page, List<ReadLine> lines)
    {
        var rows = ReadingOrder.Rows(lines.ConvertAll(l => l.Region));
        return [.. rows.SelectMany((row, number) =>
            row.Select(i => lines[i].ToTranscript(number, page.Image.Width, page.Image.Height, page.Quarters)))];
    }
}
