namespace GlmStudio.Web.Domain.Rules.Expressions;

/// <summary>An expression that cannot be read, or whose result cannot be worked out.</summary>
/// <param name="text">English sentence without places; the key of its translation.</param>
/// <param name="position">The character, from 0, at which it cannot be read; 0 while it is worked out.</param>
internal sealed class ExpressionException(string text, int position = 0) : Exception(text)
{
    public int Position { get; } = position;
}
