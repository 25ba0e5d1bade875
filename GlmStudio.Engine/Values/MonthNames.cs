using System.Globalization;
using System.Text;

namespace GlmStudio.Engine.Values;

/// <summary>Month names of the languages of European script that receipts and documents use, full and shortened.</summary>
internal static class MonthNames
{
    private static readonly string[] Names =
    [
        "january januari janvier januar enero gennaio janeiro ene gen janv",
        "february februari fevrier februar febrero febbraio fevereiro fevr fev",
        "march mac mars marz maerz marzo marco maret maart mrt",
        "april avril abril aprile avr abr",
        "may mei mai mayo maggio maio mag",
        "june jun juin juni junio giugno junho giu",
        "july julai juillet juli julio luglio julho juil lug",
        "august ogos aout agosto agustus augustus ago ags",
        "september septembre septiembre settembre setembro sept set",
        "october oktober octobre octubre ottobre outubro okt ott out",
        "november novembre noviembre novembro nopember",
        "december disember desember dezember decembre diciembre dicembre dezembro dez dic dis des",
    ];

    private static readonly Dictionary<string, int> ByName = Build();

    /// <summary>1 … 12, or null where the word is no month.</summary>
    public static int? Find(string word) => ByName.TryGetValue(Bare(word), out var month) ? month : null;

    /// <summary>Full names, and their first three letters where only one month begins so.</summary>
    private static Dictionary<string, int> Build()
    {
        var names = Names.SelectMany((line, i) => line.Split(' ').Select(name => (name, month: i + 1))).ToList();
        var result = names.ToDictionary(n => n.name, n => n.month);
        foreach (var start in names.GroupBy(n => n.name[..3]).Where(g => g.Select(n => n.month).Distinct().Count() == 1))
            result.TryAdd(start.Key, start.First().month);
        return result;
    }

    /// <summary>Lower case without accents: août → aout.</summary>
    private static string Bare(string word) =>
        string.Concat(word.ToLowerInvariant().Normalize(NormalizationForm.FormD)
            .Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark));
}
