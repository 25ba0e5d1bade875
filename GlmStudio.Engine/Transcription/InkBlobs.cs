namespace GlmStudio.Engine.Transcription;

/// <summary>Connected areas (8 neighbours) of a map above a threshold, by runs of pixels and union-find.</summary>
internal static class InkBlobs
{
    private readonly record struct Run(int Y, int From, int To);

    /// <summary>The outline of each area in order of its first pixel, around the pixels' outer corners.</summary>
    /// <param name="map">Row-major values, <paramref name="width"/> a row.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="threshold">A pixel belongs to an area when its value is above this.</param>
    /// <param name="minPixels">Smaller areas are noise and left out.</param>
    public static List<ConvexOutline> Find(ReadOnlySpan<float> map, int width, int height, float threshold, int minPixels)
    {
        var runs = FindRuns(map, width, height, threshold);
        var blobs = new Dictionary<int, List<(int X, int Y)>>();
        var pixels = new Dictionary<int, int>();
        var parents = Join(runs);
        for (var i = 0; i < runs.Count; i++)
        {
            var root = Root(parents, i);
            if (!blobs.TryGetValue(root, out var points)) blobs[root] = points = [];
            var (y, from, to) = runs[i];
            points.AddRange([(from, y), (to, y), (from, y + 1), (to, y + 1)]);
            pixels[root] = pixels.GetValueOrDefault(root) + to - from;
        }
        return [.. blobs.Where(b => pixels[b.Key] >= minPixels).Select(b => ConvexOutline.Around(b.Value))];
    }

    private static List<Run> FindRuns(ReadOnlySpan<float> map, int width, int height, float threshold)
    {
        var runs = new List<Run>();
        for (var y = 0; y < height; y++)
        {
            var row = map.Slice(y * width, width);
            for (var x = 0; x < width; x++)
            {
                if (!(row[x] > threshold)) continue;
                var from = x;
                while (x < width && row[x] > threshold) x++;
                runs.Add(new Run(y, from, x));
            }
        }
        return runs;
    }

    private static int[] Join(List<Run> runs)
    {
        var parents = new int[runs.Count];
        var above = 0;
        for (var i = 0; i < runs.Count; i++)
        {
            parents[i] = i;
            while (runs[above].Y < runs[i].Y - 1 || (runs[above].Y == runs[i].Y - 1 && runs[above].To < runs[i].From)) above++;
            for (var j = above; runs[j].Y == runs[i].Y - 1 && runs[j].From <= runs[i].To; j++) Unite(parents, j, i);
        }
        return parents;
    }

    private static void Unite(int[] parents, int a, int b)
    {
        var (x, y) = (Root(parents, a), Root(parents, b));
        parents[Math.Max(x, y)] = Math.Min(x, y);
    }

    private static int Root(int[] parents, int i)
    {
        while (parents[i] != i) i = parents[i] = parents[parents[i]];
        return i;
    }
}
