namespace GlmStudio.Engine.Text.Grammars;

/// <summary>A regular expression that is wrong or asks for what is not supported; says what and at which character.</summary>
internal sealed class PatternException(string message) : Exception(message);
