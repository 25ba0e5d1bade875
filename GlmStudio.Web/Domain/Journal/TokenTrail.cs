using GlmStudio.Engine;

namespace GlmStudio.Web.Domain.Journal;

/// <summary>An answer's tokens as they are kept: ids and log-probabilities, in few bytes and never more than <see cref="MostTokens"/> of them.</summary>
/// <param name="Count">How many tokens the answer had.</param>
/// <param name="Ids">The first of them.</param>
/// <param name="LogProbabilities">Their log-probabilities, in 32 bits.</param>
public sealed record TokenTrail(int Count, IReadOnlyList<int> Ids, IReadOnlyList<float> LogProbabilities)
{
    /// <summary>Later tokens are only counted.</summary>
    public const int MostTokens = 4096;

    /// <summary>Null where the engine gave no tokens.</summary>
    public static TokenTrail? Of(IReadOnlyList<ChosenToken> tokens) => tokens.Count == 0 ? null
        : new(tokens.Count, [.. tokens.Take(MostTokens).Select(t => t.Id)], [.. tokens.Take(MostTokens).Select(t => (float)t.LogProbability)]);

    /// <summary>All counts and ids as 7-bit groups, a log-probability as its four bytes.</summary>
    public byte[] Write()
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write7BitEncodedInt(Count);
        writer.Write7BitEncodedInt(Ids.Count);
        for (var i = 0; i < Ids.Count; i++)
        {
            writer.Write7BitEncodedInt(Ids[i]);
            writer.Write(LogProbabilities[i]);
        }
        writer.Flush();
        return bytes.ToArray();
    }

    /// <summary>Null where there are no bytes, or they are not a trail.</summary>
    public static TokenTrail? Read(byte[]? stored)
    {
        if (stored is not { Length: > 0 }) return null;
        try
        {
            using var reader = new BinaryReader(new MemoryStream(stored));
            var (count, kept) = (reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt());
            if (kept is < 0 or > MostTokens) return null;
            var (ids, logs) = (new int[kept], new float[kept]);
            for (var i = 0; i < kept; i++) (ids[i], logs[i]) = (reader.Read7BitEncodedInt(), reader.ReadSingle());
            return new TokenTrail(count, ids, logs);
        }
        catch (Exception e) when (e is EndOfStreamException or FormatException)
        {
            return null;
        }
    }
}
