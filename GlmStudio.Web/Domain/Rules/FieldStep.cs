using System.Text.Json.Serialization;

namespace GlmStudio.Web.Domain.Rules;

/// <summary>One step of what happens to a field's value after it was read. Steps that change the value run in their order; checks then look at
/// what came out, wherever they stand. docs/rules.md has the table.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "step")]
[JsonDerivedType(typeof(TidyStep), "tidy")]
[JsonDerivedType(typeof(DateStep), "date")]
[JsonDerivedType(typeof(NumberStep), "number")]
[JsonDerivedType(typeof(PatternStep), "pattern")]
[JsonDerivedType(typeof(LookupStep), "lookup")]
[JsonDerivedType(typeof(ComputeStep), "compute")]
[JsonDerivedType(typeof(MatchCheck), "matches")]
[JsonDerivedType(typeof(NumberCheck), "numberRange")]
[JsonDerivedType(typeof(DateCheck), "dateRange")]
[JsonDerivedType(typeof(LengthCheck), "length")]
[JsonDerivedType(typeof(OneOfCheck), "oneOf")]
[JsonDerivedType(typeof(EqualCheck), "equals")]
public abstract record FieldStep
{
    /// <summary>What a reviewer is told where the step fails, in the author's words; null: a sentence of the program.</summary>
    public string? Message { get; init; }
}

/// <summary>A step that looks at the value and leaves it as it is.</summary>
public abstract record FieldCheck : FieldStep;

/// <summary>Changes how the value is written.</summary>
public sealed record TidyStep(Tidying Way) : FieldStep;

/// <summary>The value's only date → <c>yyyy-MM-dd</c>.</summary>
public sealed record DateStep(DateOrder Order) : FieldStep;

/// <summary>The value's only number → a plain decimal.</summary>
public sealed record NumberStep(UnitUse Unit) : FieldStep;

/// <summary>What a regular expression finds in the value takes its place: the replacement where there is one, else the group <c>value</c>, else the
/// only named group, else the whole match.</summary>
public sealed record PatternStep(string Pattern, string? Replacement = null, Miss Otherwise = Miss.Keep) : FieldStep;

/// <summary>Replaces the value by what stands beside it in a table.</summary>
/// <param name="Entries">The table.</param>
/// <param name="Fold">Width, case and blanks do not count.</param>
/// <param name="Otherwise">What to do with a value that is not in the table.</param>
public sealed record LookupStep(IReadOnlyList<LookupEntry> Entries, bool Fold = true, Miss Otherwise = Miss.Keep) : FieldStep;

/// <summary>One line of a lookup table.</summary>
public sealed record LookupEntry(string From, string To);

/// <summary>The value is not asked of the model but computed; always a field's first step.</summary>
public sealed record ComputeStep(string Expression) : FieldStep;

/// <summary>The whole value matches a regular expression.</summary>
public sealed record MatchCheck(string Pattern) : FieldCheck;

/// <summary>The value is a number within bounds, both included.</summary>
public sealed record NumberCheck(decimal? Min = null, decimal? Max = null) : FieldCheck;

/// <summary>The value is a date within bounds, both included.</summary>
public sealed record DateCheck(DateOnly? From = null, DateOnly? To = null) : FieldCheck;

/// <summary>The value has so many characters.</summary>
public sealed record LengthCheck(int? Min = null, int? Max = null) : FieldCheck;

/// <summary>The value is one of a list.</summary>
public sealed record OneOfCheck(IReadOnlyList<string> Values, bool Fold = true) : FieldCheck;

/// <summary>The value equals an expression over other fields.</summary>
public sealed record EqualCheck(string Expression, decimal Within = 0) : FieldCheck;

/// <summary>Ways to write a value differently.</summary>
public enum Tidying { Trim, CollapseBlanks, HalfWidth, Digits, UpperCase, LowerCase }

/// <summary>How <c>03/04/2026</c> is read, which could be either.</summary>
public enum DateOrder { DayFirst, MonthFirst, Refuse }

/// <summary>What becomes of a number's unit or currency.</summary>
public enum UnitUse { Drop, Keep }

/// <summary>What to do where a pattern does not match or a table has no entry.</summary>
public enum Miss { Keep, Empty, Fail }
