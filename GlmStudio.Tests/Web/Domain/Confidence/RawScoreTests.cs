using GlmStudio.Engine;
using GlmStudio.Web.Domain.Confidence;

namespace GlmStudio.Tests.Web.Domain.Confidence;

public sealed class RawScoreTests
{
    [Fact]
    public void Of_NoEvidence_IsNotCertainty()
    {
        Assert.Null(RawScore.Of(FieldType.Money, "12.00", null));
        Assert.Null(RawScore.Of(FieldType.Money, "12.00", new CellEvidence()));
        Assert.Null(RawScore.Of(FieldType.Money, null, new CellEvidence { EngineScore = 0.9 }));
    }

    [Fact]
    public void Of_AnEngineWithoutTokens_IsItsOwnScoreInsideTheEdges()
    {
        Assert.Equal(0.8, RawScore.Of(FieldType.Money, "12.00", new CellEvidence { EngineScore = 0.8 }));
        Assert.Equal(1 - RawScore.Edge, RawScore.Of(FieldType.Money, "12.00", new CellEvidence { EngineScore = 1 }));
    }

    [Fact]
    public void Of_BestEvidence_StaysBelowOne() => Assert.InRange(RawScore.Of(FieldType.Money, "12.00", Good())!.Value, 0.8, 1 - RawScore.Edge);

    public static TheoryData<string, Action<CellEvidence>> Doubts => new()
    {
        { "an unlikely token", e => e.LogProbability = -6 },
        { "asked again, another", e => e.Confirmation = new Confirmation { Value = "18.00" } }, { "another reading", e => e.ReaderAgrees = false }, { "not on the page", e => e.Match = 0 }, { "a faint line", e => e.LineScore = 0.6 },
        { "a blurred picture", e => e.Quality.Add("blurred") }, { "a cut answer", e => e.IsCut = true },
    };

    [Theory, MemberData(nameof(Doubts))]
    public void Of_ADoubt_IsLower(string doubt, Action<CellEvidence> add)
    {
        var evidence = Good();
        add(evidence);
        Assert.True(RawScore.Of(FieldType.Money, "12.00", evidence) < RawScore.Of(FieldType.Money, "12.00", Good()), doubt);
    }

    [Fact]
    public void Of_AMissingValue_FollowsHowFirmlyNullWasChosen()
    {
        var (firm, soft) = (new CellEvidence { Tokens = 1, Presence = Math.Log(0.98) }, new CellEvidence { Tokens = 1, Presence = Math.Log(0.55) });
        Assert.True(RawScore.Of(FieldType.Money, null, firm) > RawScore.Of(FieldType.Money, null, soft));
        firm.ReaderAgrees = false;
        Assert.True(RawScore.Of(FieldType.Money, null, firm) < RawScore.Of(FieldType.Money, null, new CellEvidence { Tokens = 1, Presence = Math.Log(0.98) }));
    }

    [Fact]
    public void Of_AskedAgainTheSame_IsHigher()
    {
        var evidence = Good();
        evidence.Confirmation = new Confirmation { Value = "12.00", Agrees = true };
        Assert.True(RawScore.Of(FieldType.Money, "12.00", evidence) > RawScore.Of(FieldType.Money, "12.00", Good()));
    }

    [Fact]
    public void Of_AReadingThatIsAlike_LiesBetweenTheSameAndNone()
    {
        var (alike, none) = (Good(), Good());
        (alike.ReaderAgrees, alike.ReaderValue, none.ReaderAgrees) = (false, "NO. 12, JALAN M", false);
        var score = RawScore.Of(FieldType.Text, "No. 12, Jalan N", alike);
        Assert.True(score > RawScore.Of(FieldType.Text, "No. 12, Jalan N", none));
        Assert.True(score < RawScore.Of(FieldType.Text, "No. 12, Jalan N", Good()));
    }

    [Fact]
    public void Of_ATextThatIsNoAmount_IsLowerThanAnAmount() =>
        Assert.True(RawScore.Of(FieldType.Money, "INV NO :K074-001095", Good()) < RawScore.Of(FieldType.Text, "INV NO :K074-001095", Good()));

    [Fact]
    public void Reasons_OfAConfirmation_SayWhatCameOfIt()
    {
        Assert.Equal([new DoubtReason(Doubt.AskedAgainSame)], Of(new Confirmation { Value = "12.00", Agrees = true }));
        Assert.Equal([new DoubtReason(Doubt.AskedAgainOther, "18.00")], Of(new Confirmation { Value = "18.00" }));
        Assert.Equal([new DoubtReason(Doubt.AskedAgainNone)], Of(new Confirmation()));

        static IReadOnlyList<DoubtReason> Of(Confirmation confirmation)
        {
            var evidence = Good();
            evidence.Confirmation = confirmation;
            return DoubtReason.Of("12.00", evidence);
        }
    }

    [Fact]
    public void Reasons_OfDoubtfulEvidence_NameThem()
    {
        var evidence = Good();
        (evidence.ReaderAgrees, evidence.ReaderValue, evidence.Margin, evidence.Second, evidence.Match) = (false, "18.00", 0.3, "8", 0);
        evidence.Quality.Add("blurred");
        Assert.Equal([new(Doubt.ReadingsDisagree, "18.00"), new(Doubt.NotOnPage), new(Doubt.SecondChoice, "8"), new(Doubt.Picture, "blurred")], DoubtReason.Of("12.00", evidence));
        Assert.Empty(DoubtReason.Of("12.00", Good()));
    }

    [Fact]
    public void Bounded_LongText_IsCutBetweenCharacters()
    {
        Assert.Equal(new string('a', CellEvidence.MaxText - 1), CellEvidence.Bounded(new string('a', CellEvidence.MaxText - 1) + "😀"));
        Assert.Equal("ab", CellEvidence.Bounded("a\0b"));
    }

    [Fact]
    public void Trust_WithoutCalibration_IsTheRawScore()
    {
        Assert.Equal(new CellTrust(0.4, null, null), CellTrust.Of(null, "total", 0.4));
        Assert.True(CellTrust.Of(null, "total", 0.4).IsUncertain);
        Assert.False(CellTrust.Of(null, "total", null).IsUncertain);
    }

    [Fact]
    public void Trust_WithAThreshold_PassesFromItOn()
    {
        var calibration = new Calibration { Engine = "mini", Fields = [new() { Key = "total", Cells = 240, PassingScore = 0.7, Calibrator = new() { Method = CalibrationMethod.Logistic, Slope = 2 } }] };
        Assert.Equal((240, true, false), CellTrust.Of(calibration, "total", 0.7) is var at ? (at.CalibratedOn, at.Passes, at.IsUncertain) : default);
        Assert.Equal((false, true), CellTrust.Of(calibration, "total", 0.69) is var below ? (below.Passes, below.IsUncertain) : default);
        Assert.True(CellTrust.Of(calibration, "total", null).IsUncertain);
    }

    private static CellEvidence Good() => new()
    {
        Tokens = 4, LogProbability = -0.01, PermittedLogProbability = -0.01, Presence = 0, FirstEntropy = 0.01, Margin = 6, Match = 1, LineScore = 0.99, ReaderAgrees = true,
    };
}
