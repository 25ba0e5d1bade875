using GlmStudio.Engine;
using GlmStudio.Engine.Text;

namespace GlmStudio.Tests.Engine.Text;

public sealed class SamplerTests
{
    [Fact]
    public void Choose_Greedy_TakesTheLikeliestWithItsLogProbability()
    {
        var token = new Sampler(new SamplingOptions(), []).Choose(new[] { 0f, 2f, 1f });
        Assert.Equal(1, token.Id);
        Assert.Equal(2 - Math.Log(Math.Exp(0) + Math.Exp(2) + Math.Exp(1)), token.LogProbability, 5);
    }

    [Fact]
    public void Choose_RepetitionPenalty_LowersWhatWasSeen() =>
        Assert.Equal(2, new Sampler(new SamplingOptions { RepetitionPenalty = 2 }, [1]).Choose(new[] { -1f, 2f, 1.5f }).Id);

    [Fact]
    public void Choose_TopK_NeverTakesAnother()
    {
        var sampler = new Sampler(new SamplingOptions { Temperature = 2, TopK = 2, Seed = 1 }, []);
        var chosen = Enumerable.Range(0, 500).Select(_ => sampler.Choose(new[] { 3f, 2.9f, 2.8f, 0f }).Id).Distinct().Order();
        Assert.Equal([0, 1], chosen);
    }

    [Fact]
    public void Choose_TopP_KeepsTheFewestThatReachIt()
    {
        var sampler = new Sampler(new SamplingOptions { Temperature = 1, TopP = 0.6, Seed = 1 }, []);
        // Probabilities 0.5, 0.3, 0.2.
        var chosen = Enumerable.Range(0, 500).Select(_ => sampler.Choose(new[] { MathF.Log(.5f), MathF.Log(.3f), MathF.Log(.2f) }).Id).Distinct().Order();
        Assert.Equal([0, 1], chosen);
    }

    [Fact]
    public void Choose_Temperature_FollowsTheProbabilities()
    {
        var sampler = new Sampler(new SamplingOptions { Temperature = 1, Seed = 5 }, []);
        var share = Enumerable.Range(0, 20_000).Count(_ => sampler.Choose(new[] { MathF.Log(.75f), MathF.Log(.25f) }).Id == 0) / 20_000.0;
        Assert.InRange(share, 0.73, 0.77);
    }

    [Fact]
    public void Choose_SameSeed_RepeatsItself()
    {
        int[] Draw() => [.. Enumerable.Range(0, 50).Select(i => i).Aggregate((new Sampler(new SamplingOptions { Temperature = 1.5, Seed = 42 }, []), new List<int>()), (state, _) =>
        {
            state.Item2.Add(state.Item1.Choose(new float[20]).Id);
            return state;
        }).Item2];
        Assert.Equal(Draw(), Draw());
    }

    [Fact]
    public void Choose_NotANumber_NamesTheCheckpoint() =>
        Assert.Equal(EngineFault.BadCheckpoint, Assert.Throws<EngineException>(() => new Sampler(new SamplingOptions(), []).Choose(new[] { float.NaN, float.NaN })).Fault);

    [Fact]
    public void Choose_Any_GivesEntropyMarginAndSecondOfADirectComputation()
    {
        var random = new Random(4);
        var logits = Enumerable.Range(0, 3_000).Select(_ => (float)(8 * random.NextDouble())).ToArray();
        var weights = logits.Select(x => Math.Exp(x)).ToArray();
        var sum = weights.Sum();
        var ranked = logits.Index().OrderByDescending(x => x.Item).ToList();

        var token = new Sampler(new SamplingOptions(), []).Choose(logits.ToArray());

        Assert.Equal(-weights.Sum(w => w / sum * Math.Log(w / sum)), token.Entropy, 4);
        Assert.Equal((ranked[0].Index, ranked[1].Index), (token.Id, token.SecondId));
        Assert.Equal(ranked[0].Item - ranked[1].Item, token.Margin!.Value, 5);
    }

    [Fact]
    public void Choose_ForbiddenTokens_ArePartOfNeitherEntropyNorMargin()
    {
        var token = new Sampler(new SamplingOptions(), []).Choose(new[] { float.NegativeInfinity, 1f, 1f, float.NegativeInfinity });
        Assert.Equal(Math.Log(2), token.Entropy, 6);
        Assert.Equal(0, token.Margin);
    }

    [Fact]
    public void Choose_OneTokenPermitted_HasNoSecond()
    {
        var token = new Sampler(new SamplingOptions(), []).Choose(new[] { float.NegativeInfinity, 1f });
        Assert.Equal((0.0, null, null), (Math.Round(token.Entropy, 12), token.Margin, token.SecondId));
    }

    [Fact]
    public void Choose_Penalised_MarginIsOfTheUntouchedLogits() =>
        Assert.Equal(-0.5, new Sampler(new SamplingOptions { RepetitionPenalty = 2 }, [1]).Choose(new[] { -1f, 2f, 1.5f }).Margin);
}
