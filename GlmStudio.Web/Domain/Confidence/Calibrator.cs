using System.Text.Json.Serialization;

namespace GlmStudio.Web.Domain.Confidence;

/// <summary>How raw scores become probabilities.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CalibrationMethod>))]
public enum CalibrationMethod
{
    /// <summary>A rising staircase, fitted by pooling adjacent violators.</summary>
    Isotonic,
    /// <summary>A logistic curve over the raw score's log-odds (Platt).</summary>
    Logistic,
    /// <summary>Logistic curves of several fields with one slope, and an intercept a field (<see cref="SharedSlope"/>).</summary>
    LogisticByField,
}

/// <summary>A fitted, rising curve from raw score to the probability of being right. Kept with the calibration it belongs to.</summary>
public sealed class Calibrator
{
    public CalibrationMethod Method { get; set; }

    /// <summary>Isotonic: raw scores, rising. Empty for a logistic curve.</summary>
    public List<double> Scores { get; set; } = [];

    /// <summary>Isotonic: the probability at each of <see cref="Scores"/>; in between it is interpolated.</summary>
    public List<double> Probabilities { get; set; } = [];

    /// <summary>Logistic: probability = 1 ÷ (1 + e^−(slope · log-odds + intercept)); the slope is at least 0.</summary>
    public double Slope { get; set; }

    public double Intercept { get; set; }

    /// <summary>Probabilities stay this far from 0 and 1: so many labels cannot show more.</summary>
    public double Edge { get; set; }

    /// <summary>The probability that a value with this raw score is right.</summary>
    public double Apply(double score) => Math.Clamp(Method == CalibrationMethod.Isotonic ? Interpolate(score) : LogisticCurve.At(Slope, Intercept, score), Edge, 1 - Edge);

    /// <summary>How far from 0 and 1 a curve stays that was fitted to so many cells.</summary>
    public static double EdgeOf(int cells) => 0.5 / cells;

    /// <summary>The lowest raw score whose probability is at least this; 1, which no score reaches, where none has it. Logistic curves only.</summary>
    public double ScoreOf(double probability)
    {
        var sought = LogisticCurve.LogOdds(probability) - Intercept;
        return Slope > 0 ? LogisticCurve.Sigmoid(sought / Slope) : sought <= 0 ? 0 : 1;
    }

    /// <summary>Fits one curve to judged cells, at least one: isotonic or logistic.</summary>
    public static Calibrator Fit(CalibrationMethod method, IReadOnlyList<JudgedCell> cells)
    {
        var edge = EdgeOf(cells.Count);
        if (method == CalibrationMethod.Logistic)
        {
            var (slope, intercept) = LogisticCurve.Fit(cells);
            return new Calibrator { Method = method, Slope = slope, Intercept = intercept, Edge = edge };
        }
        var steps = IsotonicSteps.Fit([.. cells.Select(c => (c.Score, c.IsRight ? 1.0 : 0.0))]);
        var corners = steps.SelectMany(s => s.From == s.To ? [(s.From, s.Value)] : ((double, double)[])[(s.From, s.Value), (s.To, s.Value)]).ToList();
        return new Calibrator { Method = method, Scores = [.. corners.Select(c => c.Item1)], Probabilities = [.. corners.Select(c => c.Item2)], Edge = edge };
    }

    /// <summary>An equal curve of its own: what is stored belongs to one field only.</summary>
    public Calibrator Copy() => new() { Method = Method, Scores = [.. Scores], Probabilities = [.. Probabilities], Slope = Slope, Intercept = Intercept, Edge = Edge };

    private double Interpolate(double score)
    {
        var at = Scores.BinarySearch(score);
        if (at >= 0) return Probabilities[at];
        var above = ~at;
        if (above == 0) return Probabilities[0];
        if (above == Scores.Count) return Probabilities[^1];
        var share = (score - Scores[above - 1]) / (Scores[above] - Scores[above - 1]);
        return Probabilities[above - 1] + (share * (Probabilities[above] - Probabilities[above - 1]));
    }
}
