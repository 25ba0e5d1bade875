using GlmStudio.Engine.Text.Grammars;

namespace GlmStudio.Engine;

/// <summary>How long the values of fields may be, and what they must hold: the same in every shape of an answer.</summary>
/// <param name="fields">All fields of the answer: free texts and lists share its length.</param>
internal sealed class FieldLimits(IReadOnlyList<AskedField> fields)
{
    /// <summary>Characters of an entry of a list.</summary>
    public const int MostEntry = 80;

    /// <summary>Lines of a list of pairs.</summary>
    public const int MostPairs = 100;

    /// <summary>Characters of a pair's name.</summary>
    public const int MostName = 50;

    /// <summary>Characters of a pair's value.</summary>
    public const int MostPairValue = 20;

    private const int MostText = 200;
    private const int MostShort = 40;
    private const int MostId = 64;
    private const int MostEntries = 100;
    private const int FewestEntries = 5;
    private const int BytesOfACharacter = 4;
    // Free texts and lists share this many bytes, so that many fields make shorter ones and not an answer without end.
    private const int Shared = 20_000;
    private const int WeightOfAList = 8;

    private readonly int _share = Shared / Math.Max(1, fields.Sum(f => f.Type switch { FieldType.Text => 1, FieldType.List => WeightOfAList, _ => 0 }));

    /// <summary>What answers yes or no.</summary>
    public static IReadOnlyList<string> YesOrNo { get; } = ["yes", "no", "Yes", "No", "YES", "NO", "是", "否", "有", "无"];

    /// <summary>Most entries of a list.</summary>
    public int Entries => Math.Clamp(_share * WeightOfAList / (MostEntry * BytesOfACharacter), FewestEntries, MostEntries);

    /// <summary>Most characters of a value that is one text.</summary>
    public int Characters(AskedField field) => field.Type switch { FieldType.Text => Math.Min(MostText, _share / BytesOfACharacter), FieldType.Id => MostId, _ => MostShort };

    /// <summary>What a value must hold somewhere; null: anything.</summary>
    public static string? Pattern(FieldType type) => type switch
    {
        FieldType.Number or FieldType.Money or FieldType.Phone => "[0-9０-９]",
        FieldType.Date => "[0-9０-９〇一二三四五六七八九十]",
        _ => null,
    };

    /// <summary>The same for a run of the page.</summary>
    public static Needed NeededBy(FieldType type) => type switch
    {
        FieldType.Number or FieldType.Money or FieldType.Phone => Needed.Digit,
        FieldType.Date => Needed.Numeral,
        _ => Needed.Word,
    };
}
