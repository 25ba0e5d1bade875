using GlmStudio.Engine.Checkpoints;
using GlmStudio.Engine.Model;

namespace GlmStudio.Tests.Parity;

public sealed class PositionParityTests
{
    public static TheoryData<string, string> Cases =>
        [.. ReferenceModel.Names.SelectMany(m => ReferenceModel.Open(m).Recorded.Cases.Select(c => (m, c.Name)))];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Of_RecordedPrompt_GivesTheReferencesPositionsAndDelta(string model, string name)
    {
        var reference = ReferenceModel.Open(model);
        var recorded = reference.Case(name);
        using var checkpoint = Checkpoint.Open(reference.CheckpointFolder);
        var config = GlmConfig.Read(checkpoint);
        var grids = recorded.GridThw.Select(g => new PatchGrid(g[1], g[2]).Features(config.Vision.MergeSize)).ToList();

        var positions = TokenPositions.Of(recorded.InputIds, config.ImageTokenId, grids);

        Assert.Equal(recorded.RopeDelta, positions.Delta);
        Assert.Equal(reference.Integers($"{name}.position_ids").Select(p => (int)p), [.. positions.Time, .. positions.Height, .. positions.Width]);
    }
}
