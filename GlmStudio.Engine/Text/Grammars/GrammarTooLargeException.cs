namespace GlmStudio.Engine.Text.Grammars;

/// <summary>A grammar that would take more time or memory than one may. Whoever knows the place in the request says it.</summary>
internal sealed class GrammarTooLargeException(string message) : Exception(message);
