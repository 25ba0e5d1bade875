namespace GlmStudio.Engine.Text.Grammars;

/// <summary>The letters behind a backslash that stand for characters. Where ECMA-262 and .NET differ, what both agree on.</summary>
internal static class CharacterClasses
{
    private static readonly CodePoints Digit = CodePoints.Of('0', '9');
    private static readonly CodePoints Word = CodePoints.Of('a', 'z') | CodePoints.Of('A', 'Z') | Digit | CodePoints.Of("_");
    private static readonly CodePoints Space = CodePoints.Of(" \f\n\r\t\v");

    /// <summary>The set a letter stands for, or null.</summary>
    public static CodePoints? Of(char letter) => letter switch
    {
        'd' => Digit,
        'w' => Word,
        's' => Space,
        'D' => ~(Digit | CodePoints.OfCategory("Nd")!),
        'W' => ~(Word | CodePoints.OfCategory("L")! | CodePoints.OfCategory("M")! | CodePoints.OfCategory("Nd")! | CodePoints.OfCategory("Pc")!),
        'S' => ~(Space | CodePoints.OfCategory("Z")! | CodePoints.Of(0x85, 0x85) | CodePoints.Of(0xFEFF, 0xFEFF)),
        'n' => CodePoints.Of("\n"),
        'r' => CodePoints.Of("\r"),
        't' => CodePoints.Of("\t"),
        'f' => CodePoints.Of("\f"),
        'v' => CodePoints.Of("\v"),
        '0' => CodePoints.Of(0, 0),
        _ => null,
    };
}
