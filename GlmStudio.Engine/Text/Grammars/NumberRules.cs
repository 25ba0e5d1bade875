namespace GlmStudio.Engine.Text.Grammars;

/// <summary>Decimal numbers between bounds, as they are written: no exponent, no leading zeros, no plus, never −0.</summary>
/// <remarks>Digit by digit: as long as the digits so far equal those of a bound, the next digit is limited by it.</remarks>
internal sealed class NumberRules
{
    /// <summary>Digits after the point.</summary>
    public const int MostFraction = 6;

    private const int MostWhole = 15;

    private readonly RuleBook _book;
    private readonly int _whole;
    private readonly int _fraction;
    private readonly (int[] Digits, bool IsOpen) _low, _high;
    private readonly Dictionary<(int, bool, bool), Rule> _known = [];

    private NumberRules(RuleBook book, int whole, int fraction, NumberBound low, NumberBound high)
    {
        (_book, _whole, _fraction) = (book, whole, fraction);
        (_low, _high) = ((Digits(low.Value, whole), low.IsOpen), (Digits(high.Value, whole), high.IsOpen));
    }

    /// <summary>Numbers from <paramref name="low"/> to <paramref name="high"/> with up to <paramref name="fraction"/> digits after the point.</summary>
    public static Rule Between(RuleBook book, NumberBound low, NumberBound high, int fraction)
    {
        low = low.Value <= -NumberBound.Beyond ? new NumberBound(-NumberBound.Beyond, IsOpen: true) : low;
        high = high.Value >= NumberBound.Beyond ? new NumberBound(NumberBound.Beyond, IsOpen: true) : high;
        var zero = new NumberBound(0);
        var negative = Magnitudes(book, high.Value >= 0 ? zero with { IsOpen = true } : Opposite(high), Opposite(low), fraction);
        return book.Choice(Magnitudes(book, low.Value < 0 ? zero : low, high, fraction), book.Sequence(book.Text("-"), negative));
    }

    private static NumberBound Opposite(NumberBound bound) => bound with { Value = -bound.Value };

    private static Rule Magnitudes(RuleBook book, NumberBound low, NumberBound high, int fraction)
    {
        var options = new List<Rule>();
        for (var (whole, from) = (1, 0m); whole <= MostWhole; whole++)
        {
            var to = Power(whole);
            if (low.Value < to && high.Value >= from)
                options.Add(new NumberRules(book, whole, fraction, low, high).Rest(0, low.Value >= from, high.Value < to));
            from = to;
        }
        return book.Choice(options);
    }

    // What may follow the first digits, which equal the low (high) bound's or lie between.
    private Rule Rest(int at, bool isLow, bool isHigh)
    {
        if (_known.TryGetValue((at, isLow, isHigh), out var known)) return known;
        var rule = at < _whole ? Digit(at, isLow, isHigh)
            : _book.Choice(MayEnd(at, isLow, isHigh) ? Rules.End : Rules.Nothing,
                at == _whole + _fraction ? Rules.Nothing : _book.Sequence(at == _whole ? _book.Text(".") : Rules.End, Digit(at, isLow, isHigh)));
        return _known[(at, isLow, isHigh)] = rule;
    }

    private Rule Digit(int at, bool isLow, bool isHigh)
    {
        var options = new List<Rule>();
        var from = isLow ? At(_low.Digits, at) : at == 0 && _whole > 1 ? 1 : 0;
        var to = isHigh ? At(_high.Digits, at) : 9;
        foreach (var group in Enumerable.Range(from, Math.Max(0, to - from + 1))
            .GroupBy(d => Rest(at + 1, isLow && d == At(_low.Digits, at), isHigh && d == At(_high.Digits, at))))
            options.Add(_book.Sequence(_book.Byte(group.Aggregate(new ByteSet(), (set, d) => set.With((byte)('0' + d)))), group.Key));
        return _book.Choice(options);
    }

    // Whether the number may stop here: the digits not written are zeros.
    private bool MayEnd(int at, bool isLow, bool isHigh)
    {
        var (lowIsMore, highIsMore) = (_low.Digits.Skip(at).Any(d => d != 0), _high.Digits.Skip(at).Any(d => d != 0));
        return (!isLow || (!lowIsMore && !_low.IsOpen)) && (!isHigh || highIsMore || !_high.IsOpen);
    }

    private static int At(int[] digits, int at) => at < digits.Length ? digits[at] : 0;

    private static decimal Power(int digits)
    {
        var power = 1m;
        for (var i = 0; i < digits; i++) power *= 10;
        return power;
    }

    private static int[] Digits(decimal value, int whole)
    {
        var text = Math.Abs(value).ToString(System.Globalization.CultureInfo.InvariantCulture).Split('.');
        return [.. (text[0].PadLeft(whole, '0') + (text.Length > 1 ? text[1] : "")).Select(c => c - '0')];
    }
}
