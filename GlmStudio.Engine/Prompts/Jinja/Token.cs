namespace GlmStudio.Engine.Prompts.Jinja;

internal enum TokenKind { Text, OutputStart, OutputEnd, BlockStart, BlockEnd, Name, String, Number, Operator, End }

/// <param name="Kind">What it is.</param>
/// <param name="Text">The text, name, operator, or a string's content.</param>
/// <param name="Line">Line in the source, from 1.</param>
internal sealed record Token(TokenKind Kind, string Text, int Line)
{
    public bool Is(string text) => Kind is TokenKind.Name or TokenKind.Operator && Text == text;
}
