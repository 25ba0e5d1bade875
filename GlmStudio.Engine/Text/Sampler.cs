using System.Numerics.Tensors;
using GlmStudio.Engine.Sessions;
using GlmStudio.Engine.Text.Masks;

namespace GlmStudio.Engine.Text;

/// <summary>Logits → a token, for one sequence: repetition penalty, temperature, top-k, top-p, in that order (as transformers applies them).</summary>
internal sealed class Sampler
{
    private readonly SamplingOptions _options;
    private readonly Random _random;
    private readonly HashSet<int> _seen;

    /// <param name="options">Settings; temperature 0 takes the likeliest token.</param>
    /// <param name="prompt">The prompt's tokens, which the repetition penalty counts as seen.</param>
    public Sampler(SamplingOptions options, IEnumerable<int> prompt)
    {
        _options = options;
        _random = options.Seed is { } seed ? new Random(unchecked((int)(seed ^ (seed >> 32)))) : new Random();
        _seen = options.RepetitionPenalty == 1 ? [] : [.. prompt];
    }

    /// <summary>Whether the likeliest token is all that is ever chosen, so that a summary will do.</summary>
    public bool TakesLikeliest => _options.Temperature <= 0 && _options.RepetitionPenalty == 1;

    /// <summary>Chooses a token; its log-probability is that of the untouched logits. Logits are changed in place where they are penalised or restricted.</summary>
    /// <param name="logits">The model's logits.</param>
    /// <param name="guide">Holds the answer to its form, or null.</param>
    /// <param name="left">Tokens that may still be generated, this one included.</param>
    public ChosenToken Choose(Span<float> logits, AnswerGuide? guide = null, int left = int.MaxValue)
    {
        var summary = LogitSummaries.Of(logits, guide is null ? null : () => guide.Permitted(left));
        if (TakesLikeliest) return Choose(summary, guide is not null);
        var untouched = _seen.Count == 0 ? logits : logits.ToArray();
        Penalise(logits);
        var token = _options.Temperature > 0 ? Draw(logits) : TensorPrimitives.IndexOfMax(logits);
        if (_options.RepetitionPenalty != 1) _seen.Add(token);
        var second = token == summary.First ? summary.Second : summary.First;
        return Token(token, untouched[token], summary, second, second is { } other ? untouched[other] : null, guide is not null);
    }

    /// <summary>Takes the likeliest token.</summary>
    /// <param name="summary">What there is to choose from.</param>
    /// <param name="isHeld">Whether the answer is held to a form.</param>
    public static ChosenToken Choose(LogitSummary summary, bool isHeld)
    {
        var (first, second) = (summary.Checked().First, summary.Second);
        return Token(first, summary.FirstLogit, summary, second, second is null ? null : summary.SecondLogit, isHeld);
    }

    private static ChosenToken Token(int id, float logit, LogitSummary summary, int? second, float? secondLogit, bool isHeld) => new(id, Math.Min(0, logit - summary.Normaliser))
    {
        PermittedLogProbability = isHeld ? Math.Min(0, logit - summary.PermittedNormaliser) : null,
        Entropy = summary.Entropy, SecondId = second, Margin = logit - secondLogit,
    };

    private void Penalise(Span<float> logits)
    {
        var penalty = (float)_options.RepetitionPenalty;
        foreach (var id in _seen)
            if ((uint)id < (uint)logits.Length) logits[id] = logits[id] > 0 ? logits[id] / penalty : logits[id] * penalty;
    }

    // Candidates likeliest first, cut by count and by cumulated probability; the first is always kept.
    private int Draw(ReadOnlySpan<float> logits)
    {
        var candidates = new (int Id, double Weight)[logits.Length];
        var highest = TensorPrimitives.Max(logits);
        for (var i = 0; i < logits.Length; i++) candidates[i] = (i, Math.Exp((logits[i] - highest) / _options.Temperature));
        Array.Sort(candidates, static (a, b) => a.Weight != b.Weight ? b.Weight.CompareTo(a.Weight) : a.Id.CompareTo(b.Id));
        var kept = _options.TopK > 0 ? Math.Min(_options.TopK, candidates.Length) : candidates.Length;
        var total = 0.0;
        for (var i = 0; i < kept; i++) total += candidates[i].Weight;
        var (sum, count) = (0.0, 0);
        while (count < kept && (count == 0 || sum < _options.TopP * total)) sum += candidates[count++].Weight;
        var at = _random.NextDouble() * sum;
        for (var i = 0; i < count; i++)
            if ((at -= candidates[i].Weight) < 0) return candidates[i].Id;
        return candidates[count - 1].Id;
    }
}
