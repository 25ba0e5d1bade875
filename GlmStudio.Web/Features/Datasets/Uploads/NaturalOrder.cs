using System.Globalization;

namespace GlmStudio.Web.Features.Datasets.Uploads;

/// <summary>Paths as people count: <c>scan2.jpg</c> before <c>scan10.jpg</c>, a folder's files together. The browser sorts the same way.</summary>
public sealed class NaturalOrder : IComparer<string>
{
    private static readonly StringComparer Names = StringComparer.Create(CultureInfo.InvariantCulture, CompareOptions.NumericOrdering);

    public static NaturalOrder Instance { get; } = new();

    public int Compare(string? x, string? y)
    {
        var (left, right) = (x ?? "", y ?? "");
        var (a, b) = (left.Split('/'), right.Split('/'));
        for (var at = 0; at < Math.Min(a.Length, b.Length); at++)
            if (Names.Compare(a[at], b[at]) is var order and not 0) return order;
        return a.Length != b.Length ? a.Length - b.Length : string.CompareOrdinal(left, right);
    }
}
