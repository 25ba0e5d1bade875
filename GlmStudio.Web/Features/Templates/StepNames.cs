using GlmStudio.Web.Domain.Rules;

namespace GlmStudio.Web.Features.Templates;

/// <summary>What the builder calls a kind of step, as keys of the translations, and what a new one holds.</summary>
internal static class StepNames
{
    /// <summary>Every kind in the order of the menu.</summary>
    public static IReadOnlyList<(string Name, Func<FieldStep> Make)> Kinds { get; } =
    [
        ("Tidy the text", () => new TidyStep(Tidying.Trim)),
        ("Date → 2026-03-12", () => new DateStep(DateOrder.DayFirst)),
        ("Number → decimal", () => new NumberStep(UnitUse.Drop)),
        ("Take what a pattern finds", () => new PatternStep("")),
        ("Look up in a table", () => new LookupStep([])),
        ("Compute from other fields", () => new ComputeStep("")),
        ("Check: matches a pattern", () => new MatchCheck("")),
        ("Check: number within", () => new NumberCheck()),
        ("Check: date within", () => new DateCheck()),
        ("Check: length", () => new LengthCheck()),
        ("Check: one of a list", () => new OneOfCheck([])),
        ("Check: equals other fields", () => new EqualCheck("")),
    ];

    private static readonly Dictionary<Type, string> Names = Kinds.ToDictionary(k => k.Make().GetType(), k => k.Name);

    public static string Of(FieldStep step) => Names[step.GetType()];

    public static string Of(Tidying way) => way switch
    {
        Tidying.Trim => "remove blanks at both ends", Tidying.CollapseBlanks => "make many blanks one", Tidying.HalfWidth => "full width → half width",
        Tidying.Digits => "keep digits only", Tidying.UpperCase => "UPPER CASE", _ => "lower case",
    };

    public static string Of(DateOrder order) => order switch
    {
        DateOrder.DayFirst => "03/04 is the 3rd of April", DateOrder.MonthFirst => "03/04 is March the 4th", _ => "03/04 goes to review",
    };

    public static string Of(UnitUse unit) => unit == UnitUse.Drop ? "drop the unit" : "keep the unit behind the number";

    public static string Of(Miss otherwise) => otherwise switch { Miss.Keep => "keep the value", Miss.Empty => "no value", _ => "keep it, and send it to review" };
}
