namespace GlmStudio.Web.Domain.Confidence;

/// <summary>The inner loop of <see cref="SharedSlope"/>: Newton's method. Each offset meets only its own field's cells, so that the curvature is an arrow: the
/// offsets are eliminated, and two equations are left for slope and intercept.</summary>
internal sealed class SharedSlopeFit
{
    private const int MaxRounds = 100;
    private const double Ridge = 1e-6, Enough = 1e-10;

    private readonly IReadOnlyList<FieldPoints> _fields;
    private readonly double _precision;

    private SharedSlopeFit(IReadOnlyList<FieldPoints> fields, double variance) => (_fields, _precision, Offsets) = (fields, 1 / variance, new double[fields.Count]);

    public double Slope { get; private set; }

    public double Intercept { get; private set; }

    /// <summary>One for each field.</summary>
    public double[] Offsets { get; private set; }

    /// <summary>The likeliest curves. Falling ones are made flat: more evidence never means less confidence.</summary>
    public static SharedSlopeFit Of(IReadOnlyList<FieldPoints> fields, double variance)
    {
        var fit = new SharedSlopeFit(fields, variance);
        fit.Descend();
        return fit.Slope >= 0 ? fit : Of([.. fields.Select(f => f with { X = new double[f.X.Length] })], variance);
    }

    /// <summary>Mean of offset² + Var(offset): what the variance of the offsets looks like after a fit with the variance given.</summary>
    public double Spread(double variance)
    {
        var (curves, common) = Curvatures();
        var sum = 0.0;
        foreach (var (f, c) in curves.Index())
        {
            // The field's own doubt, and what the doubt of slope and intercept adds.
            var (bySlope, byIntercept) = common.Solve(c.SlopeOffset / c.Offset, c.Weight / c.Offset);
            sum += (Offsets[f] * Offsets[f]) + (1 / c.Offset) + (((c.SlopeOffset * bySlope) + (c.Weight * byIntercept)) / c.Offset);
        }
        return _fields.Count == 0 ? variance : sum / _fields.Count;
    }

    private void Descend()
    {
        var targets = _fields.SelectMany(f => f.Y).DefaultIfEmpty(0.5).Average();
        Intercept = Math.Log(targets / (1 - targets));
        var loss = Loss();
        for (var round = 0; round < MaxRounds; round++)
        {
            var (slope, intercept, offsets, step) = (Slope, Intercept, Offsets, 1.0);
            var (ds, di, df) = Direction();
            Move();
            var next = Loss();
            while (next > loss && step > 1e-8)
            {
                step /= 2;
                Move();
                next = Loss();
            }
            if (next > loss) (Slope, Intercept, Offsets) = (slope, intercept, offsets);
            if (loss - next < Enough) return;
            loss = next;

            void Move() => (Slope, Intercept, Offsets) = (slope + (step * ds), intercept + (step * di), [.. offsets.Zip(df, (at, d) => at + (step * d))]);
        }
    }

    private (double Slope, double Intercept, double[] Offsets) Direction()
    {
        var (curves, common) = Curvatures();
        double gs = 0, gi = 0;
        foreach (var c in curves) (gs, gi) = (gs + c.SlopeGain - (c.SlopeOffset * c.OffsetGain / c.Offset), gi + c.Gain - (c.Weight * c.OffsetGain / c.Offset));
        var (ds, di) = common.Solve(gs, gi);
        return (ds, di, [.. curves.Select(c => (c.OffsetGain - (c.SlopeOffset * ds) - (c.Weight * di)) / c.Offset)]);
    }

    /// <summary>Gradient and curvature field by field, and the curvature of slope and intercept once the offsets are eliminated.</summary>
    private (Curvature[] Fields, Square Common) Curvatures()
    {
        var curves = _fields.Select((f, n) => Curvature.Of(f, Slope, Intercept + Offsets[n], Offsets[n], _precision)).ToArray();
        double ss = Ridge, si = 0, ii = Ridge;
        foreach (var c in curves)
        {
            ss += c.SlopeWeight - (c.SlopeOffset * c.SlopeOffset / c.Offset);
            si += c.SlopeOffset - (c.SlopeOffset * c.Weight / c.Offset);
            ii += c.Weight - (c.Weight * c.Weight / c.Offset);
        }
        return (curves, new Square(ss, si, ii));
    }

    private double Loss()
    {
        var sum = 0.0;
        foreach (var (n, field) in _fields.Index())
            sum += LogisticCurve.Loss(field.X, field.Y, Slope, Intercept + Offsets[n]) + (_precision * Offsets[n] * Offsets[n] / 2);
        return sum;
    }

    /// <summary>One field's part of gradient and curvature.</summary>
    /// <param name="SlopeGain">Σ x·(y − p).</param>
    /// <param name="Gain">Σ (y − p).</param>
    /// <param name="OffsetGain">The same, less what the prior pulls back.</param>
    /// <param name="SlopeWeight">Σ w·x², w = p·(1 − p).</param>
    /// <param name="SlopeOffset">Σ w·x.</param>
    /// <param name="Weight">Σ w.</param>
    /// <param name="Offset">Σ w and the prior's precision.</param>
    private readonly record struct Curvature(double SlopeGain, double Gain, double OffsetGain, double SlopeWeight, double SlopeOffset, double Weight, double Offset)
    {
        public static Curvature Of(FieldPoints field, double slope, double intercept, double offset, double precision)
        {
            double gs = 0, g = 0, xx = 0, x1 = 0, w1 = 0;
            foreach (var (x, y) in field.X.Zip(field.Y))
            {
                var p = LogisticCurve.Sigmoid((slope * x) + intercept);
                var (miss, weight) = (y - p, p * (1 - p));
                (gs, g, xx, x1, w1) = (gs + (x * miss), g + miss, xx + (weight * x * x), x1 + (weight * x), w1 + weight);
            }
            return new Curvature(gs, g, g - (precision * offset), xx, x1, w1, w1 + precision);
        }
    }

    /// <summary>A symmetric matrix of two rows.</summary>
    private readonly record struct Square(double A, double B, double D)
    {
        public (double X, double Y) Solve(double x, double y)
        {
            var determinant = (A * D) - (B * B);
            return (((D * x) - (B * y)) / determinant, ((A * y) - (B * x)) / determinant);
        }
    }
}
