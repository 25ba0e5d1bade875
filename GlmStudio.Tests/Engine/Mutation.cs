namespace GlmStudio.Tests.Engine;

/// <summary>Damaged copies of healthy bytes, repeatable by the generator's seed.</summary>
internal static class Mutation
{
    private static readonly byte[] Interesting = [0, 1, (byte)'"', (byte)'{', (byte)'}', (byte)'[', (byte)']', (byte)',', (byte)'-', (byte)'9', (byte)'e', (byte)'\\', 0x7F, 0x80, 0xFF];

    public static byte[] Of(byte[] healthy, Random random)
    {
        var bytes = healthy.ToList();
        for (var changes = random.Next(1, 5); changes > 0; changes--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(5))
            {
                case 0: bytes[at] = (byte)random.Next(256); break;
                case 1: bytes[at] = Interesting[random.Next(Interesting.Length)]; break;
                case 2 when bytes.Count > 2: bytes.RemoveRange(at, Math.Min(random.Next(1, 9), bytes.Count - at - 1)); break;
                case 3: bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(1, 40), bytes.Count - at))); break;
                default: bytes.Insert(at, Interesting[random.Next(Interesting.Length)]); break;
            }
        }
        return random.Next(20) == 0 ? [.. bytes.Take(random.Next(bytes.Count))] : [.. bytes];
    }
}
