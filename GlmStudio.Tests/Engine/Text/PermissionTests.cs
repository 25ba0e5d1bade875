using GlmStudio.Engine.Text.Masks;

namespace GlmStudio.Tests.Engine.Text;

public sealed class PermissionTests
{
    private static readonly HashSet<int> Nothing = [];

    public static TheoryData<string> Kinds => [.. Permissions.Keys];

    private static Dictionary<string, Permission> Permissions => new()
    {
        ["all but some"] = new(null, Nothing, new HashSet<int> { 3, 90, 500 }),
        ["many"] = new(new TokenMask([0xffff_0000_ffff_0000UL, ulong.MaxValue]), new HashSet<int> { 1, 130, 900 }, Nothing),
        ["few"] = new(new TokenMask([1UL << 5, 0, 1UL << 2]), new HashSet<int> { 64 }, new HashSet<int> { 5 }),
        ["fewer words than the vocabulary"] = new(new TokenMask([ulong.MaxValue]), Nothing, Nothing),
        ["more words than the vocabulary"] = new(new TokenMask([.. Enumerable.Repeat(ulong.MaxValue, 9)]), Nothing, Nothing),
    };

    // A card reads the bits, the processor changes its logits: both must permit the same.
    [Theory]
    [MemberData(nameof(Kinds))]
    public void Write_Bits_PermitsWhatApplyLeaves(string kind)
    {
        const int vocabulary = 150;
        var permission = Permissions[kind];
        var logits = new float[vocabulary];
        var bits = new ulong[(vocabulary + 63) / 64];
        Array.Fill(bits, 0xdead_beefUL);

        permission.Apply(logits);
        permission.Write(bits);

        Assert.Equal(logits.Select(l => l == 0), Enumerable.Range(0, vocabulary).Select(i => (bits[i / 64] >> i % 64 & 1) == 1));
    }
}
