namespace GlmStudio.Engine.Transcription;

/// <summary>A region and the characters read in it.</summary>
/// <param name="Region">Where it was read, in the direction it was read.</param>
/// <param name="Characters">The characters in order, spaces included.</param>
/// <param name="Centres">Where each character's middle stands along the region, 0 … 1.</param>
internal sealed record ReadLine(TextRegion Region, IReadOnlyList<SeenCharacter> Characters, IReadOnlyList<double> Centres)
{
    /// <summary>Mean probability of the characters; 0 where there are none.</summary>
    public double Score { get; } = Characters.Count == 0 ? 0 : Characters.Average(c => c.Score);

    /// <param name="seen">The network's answer; spaces around it are dropped.</param>
    /// <param name="region">Where it was read.</param>
    /// <param name="step">Length of a time step as a share of the region.</param>
    public static ReadLine Of(List<SeenCharacter> seen, TextRegion region, double step)
    {
        var first = seen.FindIndex(c => c.Text != " ");
        var inner = first < 0 ? [] : seen[first..(seen.FindLastIndex(c => c.Text != " ") + 1)];
        return new ReadLine(region, inner, inner.ConvertAll(c => Math.Clamp(c.Centre * step, 0, 1)));
    }

    /// <summary>The line on the page as given, which was turned by <paramref name="quarters"/> to be read.</summary>
    public TranscriptLine ToTranscript(int row, int width, int height, int quarters) => new()
    {
        Text = string.Concat(Characters.Select(c => c.Text)),
        Box = PagePixels.TurnBack(Region.BoxOn(width, height), quarters),
        Score = Score,
        Row = row,
        Angle = Math.IEEERemainder(Region.Angle * 180 / Math.PI - 90 * quarters, 360),
        CharacterBoxes = [.. CharacterBoxes(width, height, quarters)],
    };

    private IEnumerable<PageBox> CharacterBoxes(int width, int height, int quarters)
    {
        for (var i = 0; i < Characters.Count; i++)
        {
            var reach = Reach(Characters[i].Text);
            var left = i == 0 ? Centres[i] - reach : Math.Max(Centres[i] - reach, (Centres[i - 1] + Centres[i]) / 2);
            var right = i == Characters.Count - 1 ? Centres[i] + reach : Math.Min(Centres[i] + reach, (Centres[i] + Centres[i + 1]) / 2);
            var box = PagePixels.TurnBack(Region.BoxOn(width, height, Math.Max(0, left) - 0.5, Math.Min(1, right) - 0.5), quarters);
            for (var unit = 0; unit < Characters[i].Text.Length; unit++) yield return box;
        }
    }

    // Half of the widest a character gets: a Chinese one is about as wide as its line is high, a letter seldom above two thirds of it.
    private double Reach(string character) => (character[0] >= 0x2E80 ? 0.5 : 0.33) * Region.Height / Math.Max(1, Region.Length);
}
