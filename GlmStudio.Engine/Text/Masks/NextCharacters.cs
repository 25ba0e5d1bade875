using System.Globalization;
using System.Text;
using GlmStudio.Engine.Text.Grammars;

namespace GlmStudio.Engine.Text.Masks;

/// <summary>Which states of patterns take the same plain characters next: those share a <see cref="CharacterClass"/>, and what is worked out for it.</summary>
/// <param name="grammar">The grammar whose book is asked.</param>
internal sealed class NextCharacters(Grammar grammar)
{
    // Fewer characters than letters in the alphabet have few tokens, which are quickly walked; and each class costs memory.
    private const int FewestInAscii = 16, MostClasses = 16;

    private readonly Dictionary<(Automaton?, int State, Rule Plain), int> _shapes = [];
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<int, CharacterClass> _classes = [];

    /// <summary>The class of the plain characters that may come in a state, null where it is all of them. False where they are few, or classes are many.</summary>
    public bool TryFind(Automaton automaton, int state, out CharacterClass? found)
    {
        found = null;
        if (InAscii(automaton, state) < FewestInAscii) return false;
        var shape = ShapeOf(automaton, state, grammar.Plain);
        if (shape == ShapeOf(null, 0, grammar.Plain)) return true;
        if (!_classes.TryGetValue(shape, out found) && _classes.Count < MostClasses) _classes[shape] = found = new CharacterClass(automaton, state);
        return found is not null;
    }

    private int InAscii(Automaton automaton, int state)
    {
        var count = 0;
        for (var value = 0; value < 0x80; value++)
            if (grammar.Plain.First.Contains((byte)value) && automaton.Next(state, (byte)value) >= 0) count++;
        return count;
    }

    /// <summary>A number that two states have in common where the same bytes lead on to the ends of the same characters; without an automaton, that of all plain ones.</summary>
    private int ShapeOf(Automaton? automaton, int state, Rule plain)
    {
        if (ReferenceEquals(plain, Rules.End)) return 0;
        if (_shapes.TryGetValue((automaton, state, plain), out var known)) return known;
        var ways = new StringBuilder();
        foreach (var value in grammar.Book.Representatives)
        {
            if (!plain.First.Contains(value) || (automaton?.Next(state, value) ?? 0) is not (var to and >= 0)) continue;
            ways.Append(CultureInfo.InvariantCulture, $"{value}:{ShapeOf(automaton, to, grammar.Book.Step(plain, value))} ");
        }
        var shape = ways.ToString();
        if (!_numbers.TryGetValue(shape, out var number)) _numbers[shape] = number = _numbers.Count + 1;
        return _shapes[(automaton, state, plain)] = number;
    }
}
