using System.Globalization;

namespace GlmStudio.Web.Domain.Confidence;

/// <summary>Which part of the labels a picture belongs to when a calibration is tested: by its content alone, so that the same labels give the same figures.</summary>
public static class Folds
{
    /// <summary>Number of folds.</summary>
    public const int Count = 5;

    /// <summary>0 … <see cref="Count"/> − 1, from the first eight hexadecimal digits of the picture's SHA-256.</summary>
    public static int Of(string contentHash) => (int)(uint.Parse(contentHash.AsSpan(0, 8), NumberStyles.HexNumber, CultureInfo.InvariantCulture) % Count);
}
